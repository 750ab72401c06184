/// One row of `export summary` as the text of its cells, by column; the case number is left out.
package struct NaiveSummary: Equatable, Sendable {
    /// The columns in their order, without `case_number`.
    package static let columns = [
        "source_ref", "client_ref", "program", "site", "clinician", "town", "age_at_call", "sex", "referral_source",
        "presenting_problem", "call_received_at", "response_mode", "arrived_at", "response_minutes", "arrival_met",
        "first_contact_at", "hours_to_first_contact", "contacts", "attempts", "plan_activated_at", "days_to_plan",
        "referrals", "referrals_connected", "window_ends_on", "extended", "discharged_on", "discharge_reason",
        "length_of_stay_days", "open", "overdue",
    ]

    /// Every column has a cell; one that does not apply is empty.
    package let cells: [String: String]

    package var sourceRef: String { self["source_ref"] }

    package subscript(column: String) -> String { cells[column] ?? "" }
}

extension NaiveCaseload {
    /// One row per episode whose call has been received, sorted by call, then `case_ref`.
    /// `holidays` are `YYYY-MM-DD`.
    package func summary(asOf: Int64, holidays: Set<String> = []) -> [NaiveSummary] {
        moments(asOf: asOf).map { NaiveSummary(cells: $0.summaryCells(holidays: holidays)) }
    }
}

extension NaiveMoment {
    fileprivate func summaryCells(holidays: Set<String>) -> [String: String] {
        let callDay = newYork.day(of: episode.callAt)
        var cells: [String: String] = [:]
        cells["source_ref"] = NaiveGuard.added(to: episode.caseRef)
        cells["client_ref"] = NaiveGuard.added(to: episode.clientRef)
        cells["program"] = episode.program
        cells["site"] = NaiveGuard.added(to: episode.site)
        cells["clinician"] = NaiveGuard.added(to: episode.clinician)
        cells["town"] = episode.town
        cells["age_at_call"] = episode.birthDay.map { String(NaiveDay.wholeYears(from: $0, to: callDay)) } ?? ""
        cells["sex"] = episode.sex
        cells["referral_source"] = episode.referralSource
        cells["presenting_problem"] = episode.presentingProblem
        cells["call_received_at"] = newYork.text(episode.callAt)
        cells["response_mode"] = episode.responseMode

        cells["arrived_at"] = arrivedAt.map(newYork.text) ?? ""
        cells["response_minutes"] = arrivedAt.map { oneDecimal($0 - episode.callAt, per: 60) } ?? ""
        cells["arrival_met"] = arrivalMet

        let firstContact = contacts.first
        cells["first_contact_at"] = firstContact.map { newYork.text($0.at) } ?? ""
        cells["hours_to_first_contact"] = ""
        if let firstContact, let responseAt {
            cells["hours_to_first_contact"] = oneDecimal(firstContact.at - responseAt, per: 3_600)
        }
        cells["contacts"] = String(contacts.count)
        cells["attempts"] = String(visits.filter(\.isAttempt).count)

        let firstPlan = plans.first
        cells["plan_activated_at"] = firstPlan.map { newYork.text($0.activatedAt) } ?? ""
        cells["days_to_plan"] = ""
        if let firstPlan, let responseAt {
            cells["days_to_plan"] = String(newYork.day(of: firstPlan.activatedAt) - newYork.day(of: responseAt))
        }

        let connected = referrals.filter { $0.status == "connected" && ($0.attendedAt ?? Int64.max) <= asOf }
        cells["referrals"] = String(referrals.count)
        cells["referrals_connected"] = String(connected.count)

        cells["window_ends_on"] = windowEnd.map(NaiveDay.text) ?? ""
        cells["extended"] = isExtended ? "yes" : "no"
        cells["discharged_on"] = ""
        cells["discharge_reason"] = ""
        cells["length_of_stay_days"] = ""
        if let day = episode.dischargedOn, !isOpen {
            cells["discharged_on"] = NaiveDay.text(day)
            cells["discharge_reason"] = episode.dischargeReason
            cells["length_of_stay_days"] = String(day - callDay)
        }
        cells["open"] = isOpen ? "yes" : "no"
        cells["overdue"] = String(openDeadlines(holidays: holidays).filter { $0.dueAt < asOf }.count)
        return cells
    }

    /// The children's 45 minutes are not applied to adults; empty while they are still running.
    private var arrivalMet: String {
        guard episode.responseMode == "mobile", !episode.isAdult else { return "" }
        let limit = episode.callAt + 45 * 60
        if let arrivedAt { return arrivedAt <= limit ? "yes" : "no" }
        let ranUntil = min(asOf, dischargeAt ?? asOf)
        return ranUntil > limit ? "no" : ""
    }

    /// Seconds in a larger unit with one decimal, half up.
    private func oneDecimal(_ seconds: Int64, per unit: Int64) -> String {
        let tenths = (seconds * 10 + unit / 2) / unit
        return "\(tenths / 10).\(tenths % 10)"
    }
}
