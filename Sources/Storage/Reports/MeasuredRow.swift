package import CivilTime
package import CrisisCare

/// What the measures of a report read of one episode; names, notes and phone numbers are not among it.
package struct MeasuredRow: Sendable {
    package let id: EpisodeID
    package let caseNumber: CaseNumber
    package let callReceivedAt: Instant
    package let client: ClientID
    package let birthDate: CivilDate?
    package let sex: Sex
    package let program: ProgramID
    package let site: SiteID
    package let clinician: StaffID
    package let referralSource: CodeID
    package let presentingProblem: CodeID
    package let town: CodeID?
    package let dischargeReason: CodeID?
    /// Whether the record keeps a reason why the closing gate was overruled.
    package let hasClosingOverride: Bool
    /// Read for every row that is handed out.
    package internal(set) var course: Course?

    /// What happened in the episode.
    package enum Course: Sendable {
        /// Its results, which are final.
        case settled(EpisodeResults)
        /// All facts on record, without what was voided.
        case unsettled(EpisodeHistory)
    }
}
