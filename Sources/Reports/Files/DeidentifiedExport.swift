package import CivilTime
internal import CrisisCare
package import Services
internal import SQLite
internal import Storage

extension Session {
    /// The rows of a file without anything that names a person, of the episodes of the sites that the person works for.
    ///
    /// They come in the order of their own words: the order of the calls would tell more of a time than its year does.
    /// - Returns: how many rows there are.
    @discardableResult
    package borrowing func exportDeidentified(
        _ file: DeidentifiedFile,
        in period: Period,
        asOf: Instant?,
        _ body: ([Cell]) throws -> Void
    ) throws -> Int {
        try read("export \(file.rawValue) de-identified", needing: .exportDeidentified) { db in
            let context = try RuleContext(now: now, zone: zone, in: db)
            let rows = DeidentifiedRows(context: context)
            let scope = actor.scope(of: .exportDeidentified)
            var written = PackedRows()
            if file == .summary {
                let scan = SummaryScan(asOf: asOf ?? now, at: scope, context)
                try scan.forEach(of: scan.share(of: period), in: db) { summary, _ in
                    written.append(rows.summary(summary))
                }
            } else {
                try EpisodeStore.forEach(
                    calledFrom: period.start(in: zone),
                    before: period.end(in: zone),
                    at: scope,
                    in: db
                ) { record in
                    for cells in try rows.rows(of: file, record, in: db) { written.append(cells) }
                }
            }
            try written.forEachInOrder(body)
            return written.count
        }
    }
}
