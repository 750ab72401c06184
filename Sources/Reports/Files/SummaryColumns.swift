internal import CivilTime
internal import CrisisCare
internal import Services
internal import Storage

extension EpisodeSummary {
    /// The columns of `export summary`, on which scripts rely (cli.md).
    package static let columns = [
        "case_number", "source_ref", "client_ref", "program", "site", "clinician", "town", "age_at_call", "sex",
        "referral_source", "presenting_problem", "call_received_at", "response_mode", "arrived_at",
        "response_minutes", "arrival_met", "first_contact_at", "hours_to_first_contact", "contacts", "attempts",
        "plan_activated_at", "days_to_plan", "referrals", "referrals_connected", "window_ends_on", "extended",
        "discharged_on", "discharge_reason", "length_of_stay_days", "open", "overdue",
    ].map { Column($0, $0) }

    /// Writes the cells of the row in the order of the columns.
    ///
    /// - Parameter texts: those of the row's batch.
    func write<Sink: CellSink & ~Copyable>(to sink: inout Sink, _ names: inout SummaryNames, _ texts: Span<UInt8>) {
        sink.caseNumber(year: row.caseNumber.year, counter: Int(row.caseNumber.counter))
        if let sourceRef = row.sourceRef { sink.text(texts.extracting(sourceRef)) } else { sink.empty() }
        sink.text(texts.extracting(row.clientRef))
        sink.name(names.program(row.program), of: names.names)
        sink.name(names.site(row.site), of: names.names)
        sink.name(names.clinician(row.clinician), of: names.names)
        sink.name(names.code(row.town), of: names.names)
        sink.int(age)
        sink.name(names.sex(row.sex), of: names.names)
        sink.name(names.code(row.referralSource), of: names.names)
        sink.name(names.code(row.presentingProblem), of: names.names)
        sink.instant(row.callReceivedAt)
        sink.name(names.mode(row.mode), of: names.names)
        sink.instant(arrivedAt)
        sink.tenths(responseSeconds.map { Rounding.tenths($0, over: 60) })
        sink.bool(outline.arrival)
        sink.instant(outline.firstContactAt)
        sink.tenths(secondsToFirstContact.map { Rounding.tenths($0, over: 3600) })
        sink.int(outline.contacts)
        sink.int(outline.attempts)
        sink.instant(outline.firstPlanAt)
        sink.int(daysToPlan)
        sink.int(outline.referrals)
        sink.int(outline.referralsConnected)
        sink.date(outline.windowEndsOn)
        sink.bool(outline.isWindowExtended)
        sink.date(dischargedOn)
        sink.name(isOpen ? RecurringNames.none : names.code(row.dischargeReason), of: names.names)
        sink.int(lengthOfStay)
        sink.bool(isOpen)
        sink.int(outline.overdue)
    }
}
