internal import CivilTime
package import CrisisCare
package import SQLite
internal import Services
package import Storage

/// Writes the records as the five files that `import` reads: the same columns, sorted so that the same records give
/// the same bytes whatever database they are in.
package enum CaseloadExport {
    package static func columns(of file: CaseloadFile) -> [Column] {
        file.columns.map { Column($0, $0) }
    }

    /// The rows of a file for the episodes of a period: by the episode's call, `case_ref`, the row's own instant, its
    /// own reference, entry.
    package static func forEachRow<Mode>(
        of file: CaseloadFile,
        in period: Period,
        at scope: SiteScope,
        _ context: RuleContext,
        in db: borrowing Access<Mode>,
        _ body: ([Cell]) throws -> Void
    ) throws -> ExportContents {
        var contents = ExportContents()
        var sameCall: [EpisodeRecord] = []
        func flush() throws {
            for record in sameCall.sorted(by: { $0.caseRef.utf8.lexicographicallyPrecedes($1.caseRef.utf8) }) {
                let rows = try rows(of: file, record, context.directory, in: db)
                for row in rows { try body(row) }
                if !rows.isEmpty { contents.add(record, showsCaregiver: file == .episodes) }
            }
            sameCall.removeAll(keepingCapacity: true)
        }
        try EpisodeStore.forEach(
            calledFrom: period.start(in: context.zone),
            before: period.end(in: context.zone),
            at: scope,
            in: db
        ) { record in
            if let first = sameCall.first, first.callReceivedAt != record.callReceivedAt { try flush() }
            sameCall.append(record)
        }
        try flush()
        return contents
    }

    private static func rows<Mode>(
        of file: CaseloadFile,
        _ record: EpisodeRecord,
        _ directory: Directory,
        in db: borrowing Access<Mode>
    ) throws -> [[Cell]] {
        switch file {
        case .episodes:
            guard let client = try ClientStore.find(record.client, in: db) else { return [] }
            return [CaseloadRow.episode(record, client, directory)]
        case .extensions:
            return try ExtensionStore.records(of: record.id, in: db).map {
                CaseloadRow.windowExtension($0, of: record, directory)
            }
        case .plans:
            return try PlanStore.active(of: record.id, in: db).map { [CaseloadRow.plan($0, of: record, directory)] }
                ?? []
        case .visits:
            return try VisitStore.records(of: record.id, in: db).map { CaseloadRow.visit($0, of: record, directory) }
        case .referrals:
            return try ReferralStore.records(of: record.id, in: db).sorted(by: precedes).map {
                CaseloadRow.referral($0, of: record, directory)
            }
        }
    }

    private static func precedes(_ left: ReferralRecord, _ right: ReferralRecord) -> Bool {
        // By what the row shows: the instants of steps before `sent` have no column, and would order the rows
        // differently once they have been through a file.
        func instant(_ record: ReferralRecord) -> Instant {
            record.referral.reached(.sent) ?? .distantPast
        }
        if instant(left) != instant(right) { return instant(left) < instant(right) }
        if left.ref != right.ref { return left.ref.utf8.lexicographicallyPrecedes(right.ref.utf8) }
        return left.referral.id < right.referral.id
    }
}
