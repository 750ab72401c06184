package import CivilTime
package import CrisisCare

/// What the measures of a report read of one episode; names, notes and phone numbers are not among it.
package struct MeasuredRow: Sendable {
    package let caseNumber: CaseNumber
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
    /// All facts on record, without what was voided.
    package var history: EpisodeHistory
    /// The service of each referral of the history, in its order.
    package var services: [CodeID] = []
}
