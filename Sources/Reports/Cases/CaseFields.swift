internal import CivilTime
internal import CrisisCare
internal import Services
internal import Storage

/// The facts of a case that stand above its clocks and timeline.
enum CaseFields {
    /// - Parameter record: without what is withheld from whoever looks.
    static func detail(
        _ record: EpisodeRecord,
        _ client: ClientRecord,
        _ history: EpisodeHistory,
        _ practice: Practice,
        _ context: RuleContext,
        asOf: Instant
    ) -> Detail {
        let directory = context.directory
        let codes = directory.codes
        let standing = CaseStanding(of: history, under: practice)
        var detail = Detail()
        func text(_ key: String, _ heading: String, _ text: String) {
            detail.add(key, heading, text.isEmpty ? .null : .text(text))
        }
        detail.add("case_number", "Case", .code(record.caseNumber.description))
        detail.add("source_ref", "Source reference", .ifPresent(record.sourceRef, Cell.text))
        text("client", "Client", client.displayName)
        detail.add("client_ref", "Client reference", .text(client.clientRef))
        detail.add("birth_date", "Born", .ifPresent(client.birthDate, Cell.date))
        let age = client.birthDate.map { Age.years(from: $0, to: context.zone.date(of: record.callReceivedAt)) }
        detail.add("age_at_call", "Age at call", .ifPresent(age, Cell.int))
        detail.add("sex", "Sex", .code(client.sex.rawValue))
        detail.add("town", "Town", .ifPresent(codes.text(record.town), Cell.code))
        text("language", "Language", record.language)
        text("caregiver", "Caregiver", record.caregiverName)
        text("phone", "Phone", record.caregiverPhone)
        detail.add("minor_consented", "Minor-consented care", .bool(record.minorConsented))
        detail.add("part2", "42 CFR Part 2", .bool(record.part2))
        detail.add("program", "Program", .ifPresent(directory.policies.name(of: record.program), Cell.code))
        detail.add("site", "Site", .text(directory.siteName(record.site)))
        detail.add("clinician", "Clinician", .text(directory.login(record.clinician)))
        detail.add("referral_source", "Called by", .ifPresent(codes.text(record.referralSource), Cell.code))
        detail.add("presenting_problem", "Problem", .ifPresent(codes.text(record.presentingProblem), Cell.code))
        detail.add("response_mode", "Response", .code(record.mode.rawValue))
        detail.add("location", "Location", .ifPresent(codes.text(record.location), Cell.code))
        detail.add("access_channel", "Access channel", .ifPresent(record.accessChannel) { .code($0.rawValue) })
        text("authority", "Local authority", record.authority)
        text("transfer_from", "Transferred by", record.transferFrom)
        text("transfer_ref", "Their reference", record.transferRef)
        detail.add("call_received_at", "Call", .instant(record.callReceivedAt))
        detail.add("transferred_at", "Transfer", .ifPresent(history.transferredAt, Cell.instant))
        detail.add("dispatched_at", "Dispatch", .ifPresent(history.dispatchedAt, Cell.instant))
        detail.add("arrived_at", "Arrival", .ifPresent(history.arrivedAt, Cell.instant))
        text("late_arrival_reason", "Why it was late", history.arrivedAt == nil ? "" : record.lateArrivalReason)
        detail.add("last_contact_at", "Last contact", .ifPresent(standing.lastContactAt, Cell.instant))
        detail.add("attempts", "Attempts since", .int(standing.attempts))
        detail.add("window_ends_on", "Window ends", .ifPresent(standing.windowEndsOn, Cell.date))
        let left = standing.windowEndsOn.map { $0.days(since: context.zone.date(of: asOf)) }
        detail.add("window_days_left", "Days left", .ifPresent(left, Cell.int))
        detail.add("discharged_on", "Discharged", .ifPresent(history.discharge?.on, Cell.date))
        let reason = history.discharge.flatMap { _ in codes.text(record.dischargeReason) }
        detail.add("discharge_reason", "Discharge reason", .ifPresent(reason, Cell.code))
        let isClosed = history.discharge != nil
        text("closing_override", "Closed all the same, because", isClosed ? record.closingOverride : "")
        text("handover_reason", "Referrals handed over, because", isClosed ? record.handoverReason : "")
        detail.add("version", "Version", .int(record.version))
        detail.add("notice", "Notice", record.part2 ? .text(Part2Notice.text) : .null)
        return detail
    }
}
