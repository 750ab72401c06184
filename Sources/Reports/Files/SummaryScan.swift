internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Services
internal import Storage

/// Reads the summaries of episodes as of an instant, by the time of the call, then by case number.
struct SummaryScan: Sendable {
    let zone: Zone
    private let asOf: Instant
    private let scope: SiteScope
    /// The policies of all programs; of one program the later ones first.
    private let policies: [(program: ProgramID, from: CivilDate, policy: MeasuredPolicy)]

    init(asOf: Instant, at scope: SiteScope, _ context: RuleContext) {
        self.asOf = asOf
        self.scope = scope
        zone = context.zone
        policies = context.directory.policies.programs.flatMap { entry in
            entry.policies.sorted { $0.effectiveFrom > $1.effectiveFrom }.map { policy in
                let practice = Practice(policy: policy, zone: context.zone, holidays: context.holidays)
                return (entry.program, policy.effectiveFrom, MeasuredPolicy(practice))
            }
        }
    }

    /// The whole of a period, as one share.
    func share(of period: Period) -> SummaryShare {
        // An episode whose call lies after the as-of instant does not exist yet.
        let end = min(period.end(in: zone), asOf.adding(seconds: 1))
        return SummaryShare(first: period.start(in: zone), end: end)
    }

    func forEach<Mode>(
        of share: SummaryShare,
        in db: borrowing Access<Mode>,
        _ body: (borrowing EpisodeSummary, borrowing SummaryBatch) throws -> Void
    ) throws {
        try SummaryStore.forEachBatch(
            calledFrom: share.first,
            before: share.end,
            asOf: asOf,
            at: scope,
            in: db
        ) { batch in
            for place in batch.rows.indices {
                let callDay = zone.date(of: batch.rows[place].callReceivedAt)
                let governing = try policy(of: batch.rows[place].program, on: callDay)
                switch batch.rows[place].course {
                case .settled(let outline):
                    let policy = governing.practice.policy
                    let summary = EpisodeSummary(batch.rows[place], outline, under: policy, callDay: callDay, in: zone)
                    try body(summary, batch)
                case .unsettled(let index):
                    let summary = EpisodeSummary(
                        batch.rows[place],
                        batch.histories[index],
                        under: governing.practice,
                        callDay: callDay,
                        asOf: asOf
                    )
                    if let summary { try body(summary, batch) }
                case nil:
                    break
                }
            }
        }
    }

    private func policy(of program: ProgramID, on day: CivilDate) throws -> MeasuredPolicy {
        for index in policies.indices where policies[index].program == program && policies[index].from <= day {
            return policies[index].policy
        }
        throw ServiceError.badValue("the program had no policy on the day of the call; see followup policy show")
    }
}
