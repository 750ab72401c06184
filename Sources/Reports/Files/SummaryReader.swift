package import CivilTime
package import CrisisCare
package import SQLite
internal import Services
internal import Storage

/// Reads the summaries of a period's episodes, by the time of the call, then by case number.
package enum SummaryReader {
    package static func forEach<Mode>(
        in period: Period,
        asOf: Instant,
        at scope: SiteScope,
        _ context: RuleContext,
        in db: borrowing Access<Mode>,
        _ body: (EpisodeSummary) throws -> Void
    ) throws {
        let practices = PracticeBook(context)
        // An episode whose call lies after the as-of instant does not exist yet.
        let end = min(period.end(in: context.zone), asOf.adding(seconds: 1))
        try SummaryStore.forEachBatch(
            calledFrom: period.start(in: context.zone),
            before: end,
            at: scope,
            in: db
        ) { batch in
            for row in batch.rows {
                let practice = try practices.practice(of: row.program, at: row.facts.callReceivedAt)
                guard let summary = EpisodeSummary(row, of: batch, under: practice, asOf: asOf) else { continue }
                try body(summary)
            }
        }
    }
}

/// The practice of every program since each of its policies, made once for many episodes.
private struct PracticeBook {
    private let zone: Zone
    /// Of one program the later ones first.
    private let entries: [(program: ProgramID, from: CivilDate, practice: Practice)]

    init(_ context: RuleContext) {
        zone = context.zone
        entries = context.directory.policies.programs.flatMap { entry in
            entry.policies.sorted { $0.effectiveFrom > $1.effectiveFrom }.map { policy in
                (
                    entry.program, policy.effectiveFrom,
                    Practice(policy: policy, zone: context.zone, holidays: context.holidays)
                )
            }
        }
    }

    func practice(of program: ProgramID, at call: Instant) throws -> Practice {
        let day = zone.date(of: call)
        for entry in entries where entry.program == program && entry.from <= day { return entry.practice }
        throw ServiceError.badValue("the program had no policy on the day of the call; see followup policy show")
    }
}
