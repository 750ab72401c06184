package import CivilTime
package import Services
package import Storage
internal import CrisisCare

extension Session {
    /// The rows of one of the five files, for the episodes that the person may see.
    @discardableResult
    package borrowing func exportCaseload(
        _ file: CaseloadFile,
        in period: Period,
        _ body: ([Cell]) throws -> Void
    ) throws -> ExportContents {
        try read("export \(file.name.prefix { $0 != "." })", needing: .readCases) { db in
            let context = try RuleContext(now: now, zone: zone, in: db)
            let scope = actor.scope(of: .readCases)
            return try CaseloadExport.forEachRow(of: file, in: period, at: scope, context, in: db, body)
        }
    }

    /// The rows of `export summary`, one for each episode that the person may see.
    @discardableResult
    package borrowing func exportSummary(
        in period: Period,
        asOf: Instant?,
        _ body: ([Cell]) throws -> Void
    ) throws -> ExportContents {
        try read("export summary", needing: .readCases) { db in
            var contents = ExportContents()
            let context = try RuleContext(now: now, zone: zone, in: db)
            let scan = SummaryScan(asOf: asOf ?? now, at: actor.scope(of: .readCases), context)
            var names = SummaryNames(context.directory)
            var row = CellRow()
            try scan.forEach(of: scan.share(of: period), in: db) { summary, batch in
                row.removeAll()
                summary.write(to: &row, &names, batch.texts.span)
                try body(row.cells)
                if summary.row.part2 { contents.isPart2 = true }
            }
            return contents
        }
    }

    /// The same rows as the records of a CSV file, many at a time and in the same order.
    ///
    /// - Parameters:
    ///   - readers: threads that read; one more than the first only where there is enough to do.
    ///   - shareLength: episodes that a reader takes at a time.
    @discardableResult
    package borrowing func exportSummaryRecords(
        in period: Period,
        asOf: Instant?,
        readers: Int = Processors.available,
        shareLength: Int = SummaryShare.length,
        _ body: (ExportedRecords) throws -> Void
    ) throws -> ExportContents {
        try read("export summary", needing: .readCases) { db in
            var contents = ExportContents()
            let context = try RuleContext(now: now, zone: zone, in: db)
            let scan = SummaryScan(asOf: asOf ?? now, at: actor.scope(of: .readCases), context)
            let export = SummaryExport(scan: scan, names: SummaryNames(context.directory))
            func handOn(_ records: ExportedRecords) throws {
                if records.isPart2 { contents.isPart2 = true }
                if records.rows > 0 { try body(records) }
            }
            let share = scan.share(of: period)
            if readers > 1 {
                let shares = try SummaryShare.all(of: share, length: shareLength, in: db)
                try export.write(shares, in: db, besides: path, now: now, handOn)
            } else {
                try export.write(share, in: db, handOn)
            }
            return contents
        }
    }

    /// The totals of the episodes that the person may see.
    ///
    /// - Parameters:
    ///   - readers: threads that read; one more than the first only where there is enough to do.
    ///   - shareLength: episodes that a reader takes at a time.
    package borrowing func totals(
        in period: Period = Period(),
        asOf: Instant? = nil,
        readers: Int = Processors.available,
        shareLength: Int = SummaryShare.length
    ) throws -> CaseloadTotals {
        try read("totals", needing: .readFigures) { db in
            let context = try RuleContext(now: now, zone: zone, in: db)
            let scan = SummaryScan(asOf: asOf ?? now, at: actor.scope(of: .readFigures), context)
            let counting = TotalsCounting(scan: scan, codes: context.directory.codes)
            let whole = scan.share(of: period)
            let shares = readers > 1 ? try SummaryShare.all(of: whole, length: shareLength, in: db) : [whole]
            return try counting.count(shares, in: db, besides: path, now: now)
        }
    }
}
