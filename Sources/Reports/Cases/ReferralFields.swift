internal import CivilTime
internal import CrisisCare
internal import Services
internal import Storage

/// What a referral shows in a list and by itself, column by column.
enum ReferralFields {
    static let columns = [
        Column("case_number", "Case"), Column("referral_ref", "Referral"), Column("service_type", "Service"),
        Column("agency", "Agency"), Column("status", "Status"), Column("status_at", "Since"),
        Column("sent_at", "Sent"), Column("answered_at", "Answered"), Column("appointment_at", "Appointment"),
        Column("attended_at", "Attended"), Column("warm_handoff", "Warm hand-off"), Column("clinician", "Clinician"),
    ]

    static func cells(
        _ record: ReferralRecord,
        of caseNumber: CaseNumber,
        _ clinician: StaffID,
        _ directory: Directory
    ) -> [Cell] {
        let referral = record.referral
        return [
            .code(caseNumber.description), .code(record.ref),
            .ifPresent(directory.codes.text(record.serviceType), Cell.code),
            record.agency.isEmpty ? .null : .text(record.agency), .code(referral.state.rawValue),
            .ifPresent(referral.events.last?.at, Cell.instant), .ifPresent(referral.reached(.sent), Cell.instant),
            .ifPresent(referral.answeredAt, Cell.instant), .ifPresent(referral.appointmentAt, Cell.instant),
            .ifPresent(referral.reached(.attended), Cell.instant), .ifPresent(record.warmHandoff, Cell.bool),
            .text(directory.login(clinician)),
        ]
    }

    /// A reference of a case sorts by its number, one of a source as text behind them.
    static func precedes(_ left: ReferralRecord, _ right: ReferralRecord) -> Bool {
        (Int(left.ref) ?? .max, left.ref) < (Int(right.ref) ?? .max, right.ref)
    }
}
