internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Services
internal import Storage

/// Reads the episodes of some days as the measures see them.
struct MeasureScan {
    private let context: RuleContext
    private let names: MeasureNames
    private let asOf: Instant
    /// By program, the policies in the order in which they took effect.
    private let practices: [ProgramID: [(from: CivilDate, practice: Practice)]]

    init<Mode>(asOf: Instant, _ context: RuleContext, in db: borrowing Access<Mode>) throws {
        self.asOf = asOf
        self.context = context
        names = MeasureNames(staff: try StaffStore.all(in: db), codes: context.directory.codes)
        practices = Dictionary(
            uniqueKeysWithValues: context.directory.policies.programs.map { entry in
                (
                    entry.program,
                    entry.policies.map { policy in
                        (
                            policy.effectiveFrom,
                            Practice(policy: policy, zone: context.zone, holidays: context.holidays)
                        )
                    }
                )
            }
        )
    }

    var clinicians: [StaffRecord] { names.clinicians }

    func forEach<Mode>(
        from first: CivilDate,
        to last: CivilDate,
        at scope: SiteScope,
        in db: borrowing Access<Mode>,
        _ body: (borrowing EpisodeFacts) throws -> Void
    ) throws {
        let zone = context.zone
        // An episode whose call lies after the as-of instant does not exist yet.
        let end = min(zone.startOfDay(last.adding(days: 1)), asOf.adding(seconds: 1))
        try MeasuredRowStore.forEach(
            calledFrom: zone.startOfDay(first),
            before: end,
            at: scope,
            in: db
        ) { row in
            let day = zone.date(of: row.history.callReceivedAt)
            guard let practice = practices[row.program]?.last(where: { $0.from <= day })?.practice else {
                throw ServiceError.badValue(
                    "a program had no policy on the day of a call; see followup policy show"
                )
            }
            guard let facts = EpisodeFacts(row, practice: practice, callDay: day, asOf: asOf, names: names) else {
                return
            }
            try body(facts)
        }
    }
}
