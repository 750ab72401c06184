package import CivilTime
package import CrisisCare
package import SQLite
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
        // An episode whose call lies after the as-of instant does not exist yet.
        let end = min(period.end(in: context.zone), asOf.adding(seconds: 1))
        try EpisodeStore.forEach(
            calledFrom: period.start(in: context.zone),
            before: end,
            at: scope,
            in: db
        ) { record in
            guard let client = try ClientStore.find(record.client, in: db),
                let history = try HistoryStore.history(of: record, in: db).asOf(asOf)
            else { return }
            try body(
                EpisodeSummary(
                    record: record,
                    client: client,
                    history: history,
                    practice: try context.practice(of: record),
                    asOf: asOf
                )
            )
        }
    }
}
