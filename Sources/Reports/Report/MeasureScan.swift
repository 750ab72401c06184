internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Services
internal import Storage

/// Reads the episodes of some days as the measures see them.
struct MeasureScan: Sendable {
    private let zone: Zone
    private let names: MeasureNames
    private let asOf: Instant
    private let scope: SiteScope
    /// The policies of all programs; of one program the later ones first.
    private let policies: [(program: ProgramID, from: CivilDate, policy: MeasuredPolicy)]

    init<Mode>(asOf: Instant, at scope: SiteScope, _ context: RuleContext, in db: borrowing Access<Mode>) throws {
        self.asOf = asOf
        self.scope = scope
        zone = context.zone
        names = MeasureNames(staff: try StaffStore.all(in: db), codes: context.directory.codes)
        policies = context.directory.policies.programs.flatMap { entry in
            entry.policies.reversed().map { policy in
                let practice = Practice(policy: policy, zone: context.zone, holidays: context.holidays)
                return (entry.program, policy.effectiveFrom, MeasuredPolicy(practice))
            }
        }
    }

    var clinicians: [StaffRecord] { names.clinicians }

    /// The episodes of some days in shares, each for one reader.
    func shares<Mode>(
        from first: CivilDate,
        to last: CivilDate,
        in db: borrowing Access<Mode>
    ) throws -> [PeriodShare] {
        // An episode whose call lies after the as-of instant does not exist yet.
        let end = min(zone.startOfDay(last.adding(days: 1)), asOf.adding(seconds: 1))
        return try PeriodShare.all(calledFrom: zone.startOfDay(first), before: end, in: db)
    }

    func forEach<Mode>(
        of share: PeriodShare,
        in db: borrowing Access<Mode>,
        _ body: (borrowing EpisodeFacts) throws -> Void
    ) throws {
        try MeasuredRowStore.forEach(of: share, asOf: asOf, at: scope, in: db) { row in
            let day = zone.date(of: row.callReceivedAt)
            guard let governing = policies.first(where: { $0.program == row.program && $0.from <= day }) else {
                throw ServiceError.badValue(
                    "a program had no policy on the day of a call; see followup policy show"
                )
            }
            guard let facts = EpisodeFacts(row, under: governing.policy, callDay: day, asOf: asOf, names: names) else {
                return
            }
            try body(facts)
        }
    }
}
