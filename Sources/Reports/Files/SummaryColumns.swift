internal import CivilTime
internal import CrisisCare
package import Services
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

    package func cells(_ directory: Directory) -> [Cell] {
        let codes = directory.codes
        func code(_ id: CodeID?) -> Cell { .ifPresent(codes.text(id), Cell.code) }
        return [
            .code(record.caseNumber.description),
            .ifPresent(record.sourceRef, Cell.text),
            .text(client.clientRef),
            .ifPresent(directory.policies.name(of: record.program), Cell.code),
            .text(directory.siteName(record.site)),
            .text(directory.login(record.clinician)),
            code(record.town),
            .ifPresent(age, Cell.int),
            .code(client.sex.rawValue),
            code(record.referralSource),
            code(record.presentingProblem),
            .instant(history.callReceivedAt),
            .code(history.mode.rawValue),
            .ifPresent(history.arrivedAt, Cell.instant),
            .ifPresent(responseSeconds) { .tenths(Rounding.tenths($0, over: 60)) },
            .ifPresent(arrivalMet, Cell.bool),
            .ifPresent(history.contacts.first?.at, Cell.instant),
            .ifPresent(secondsToFirstContact) { .tenths(Rounding.tenths($0, over: 3600)) },
            .int(contacts),
            .int(attempts),
            .ifPresent(history.plans.first?.activatedAt, Cell.instant),
            .ifPresent(daysToPlan, Cell.int),
            .int(history.referrals.count),
            .int(referralsConnected),
            .ifPresent(window?.lastDay, Cell.date),
            .bool(window?.isExtended ?? false),
            .ifPresent(history.discharge?.on, Cell.date),
            history.discharge == nil ? .null : code(record.dischargeReason),
            .ifPresent(lengthOfStay, Cell.int),
            .bool(history.discharge == nil),
            .int(overdue),
        ]
    }
}
