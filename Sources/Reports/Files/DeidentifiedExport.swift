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
            var written: [(key: String, cells: [Cell])] = []
            func add(_ cells: [Cell]) {
                written.append((cells.map(\.sortText).joined(separator: "\u{1F}"), cells))
            }
            if file == .summary {
                try SummaryReader.forEach(in: period, asOf: asOf ?? now, at: scope, context, in: db) {
                    add(rows.summary($0))
                }
            } else {
                try EpisodeStore.forEach(
                    calledFrom: period.start(in: zone),
                    before: period.end(in: zone),
                    at: scope,
                    in: db
                ) { record in
                    for cells in try rows.rows(of: file, record, in: db) { add(cells) }
                }
            }
            written.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for row in written { try body(row.cells) }
            return written.count
        }
    }
}

extension Cell {
    /// A text by which rows are put in an order that depends on nothing but what they show.
    fileprivate var sortText: String {
        switch self {
        case .text(let text), .code(let text): text
        case .int(let number), .tenths(let number): String(number)
        case .bool(let flag): flag ? "yes" : "no"
        case .date(let date): date.description
        case .instant(let instant): String(instant.seconds)
        case .null: ""
        }
    }
}
