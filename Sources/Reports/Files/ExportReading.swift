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
            let scope = actor.scope(of: .readCases)
            var names = SummaryNames(context.directory)
            var cells: [Cell] = []
            try SummaryReader.forEach(in: period, asOf: asOf ?? now, at: scope, context, in: db) { summary in
                summary.write(to: &cells, &names)
                try body(cells)
                if summary.row.part2 { contents.isPart2 = true }
            }
            return contents
        }
    }

    /// The totals of the episodes that the person may see.
    package borrowing func totals(in period: Period = Period(), asOf: Instant? = nil) throws -> CaseloadTotals {
        try read("totals", needing: .readFigures) { db in
            let context = try RuleContext(now: now, zone: zone, in: db)
            var totals = CaseloadTotals()
            let scope = actor.scope(of: .readFigures)
            try SummaryReader.forEach(in: period, asOf: asOf ?? now, at: scope, context, in: db) { summary in
                let source = context.directory.codes.text(summary.row.referralSource)
                totals.add(summary, referralSource: source)
            }
            return totals
        }
    }
}
