internal import CivilTime
internal import CrisisCare
internal import Services
internal import Storage

extension Session {
    /// The figures of a period, of the episodes at the sites whose figures the person may see.
    package borrowing func measureReport(_ request: ReportRequest) throws -> MeasureReport {
        try read("report", needing: .readFigures) { db in
            let asOf = request.asOf ?? now
            let context = try RuleContext(now: now, zone: zone, in: db)
            let scan = try MeasureScan(asOf: asOf, at: actor.scope(of: .readFigures), context, in: db)
            return try MeasureReport.read(
                request,
                agency: agency.name,
                asOf: asOf,
                zone: zone,
                clinicians: scan.clinicians.map(\.login),
                context.directory
            ) { collector, first, last in
                try scan.count(into: collector, from: first, to: last, in: db, openedFrom: path, now: now)
            }
        }
    }
}
