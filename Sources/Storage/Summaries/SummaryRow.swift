package import CivilTime
package import CrisisCare

/// What a summary reads of one episode; names, notes and phone numbers are not among it.
package struct SummaryRow: Sendable {
    package let caseNumber: CaseNumber
    /// The reference of the source that it was imported from.
    package let sourceRef: String?
    package let client: ClientID
    package let clientRef: String
    package let birthDate: CivilDate?
    package let sex: Sex
    package let program: ProgramID
    package let site: SiteID
    package let clinician: StaffID
    package let referralSource: CodeID
    package let presentingProblem: CodeID
    package let town: CodeID?
    package let dischargeReason: CodeID?
    package let part2: Bool
    /// The episode's own facts; what belongs to it stands in the batch.
    package let facts: EpisodeHistory
    /// The places in the batch of what belongs to it.
    package internal(set) var visits = 0..<0
    package internal(set) var plans = 0..<0
    package internal(set) var extensions = 0..<0
    package internal(set) var steps = 0..<0
    package internal(set) var reviews = 0..<0
    package internal(set) var planDeclinedAt: Instant?
}

/// Neighboring episodes of a list, and what belongs to them, without what was voided.
///
/// Flat, because a summary of a million episodes would else make some arrays for each of them.
package struct SummaryBatch: Sendable {
    /// In the order of the list.
    package internal(set) var rows: [SummaryRow] = []
    /// Of one episode by occurrence, then by entry.
    package internal(set) var visits: [Visit] = []
    /// Of one episode by version.
    package internal(set) var plans: [PlanVersion] = []
    /// Of one episode in the order in which they were granted.
    package internal(set) var extensions: [WindowExtension] = []
    /// Of one episode by referral; of one referral by occurrence, then by entry.
    package internal(set) var steps: [ScannedStep] = []
    /// Of one episode by occurrence, then by entry.
    package internal(set) var reviews: [PlanReview] = []

    /// All facts on record of an episode of the batch.
    package func history(of row: SummaryRow) -> EpisodeHistory {
        var history = row.facts
        history.visits = Array(visits[row.visits])
        history.plans = Array(plans[row.plans])
        history.extensions = Array(extensions[row.extensions])
        history.reviews = Array(reviews[row.reviews])
        history.planDeclinedAt = row.planDeclinedAt
        for step in steps[row.steps] { history.add(step) }
        history.referrals.sort { $0.id < $1.id }
        return history
    }
}
