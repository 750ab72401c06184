package import CivilTime
internal import CrisisCare
package import Services
internal import SQLite
internal import Storage

/// Which warm transfers `export dispositions` writes.
package struct DispositionQuery: Sendable {
    package var period = Period()
    /// Only calls received at or after this instant, within the period.
    package var since: Instant?
    /// Only what is to be told: nothing was returned yet, or it no longer holds.
    package var owedOnly = false

    package init() {}
}

/// A warm transfer and what became of it, and what the call center was told.
package enum DispositionExport {
    package static let columns = [
        "case_number", "transfer_from", "transfer_ref", "site", "call_received_at", "transferred_at", "response_mode",
        "dispatched_at", "arrived_at", "disposition", "discharged_on", "owed", "returned_at", "returned_disposition",
    ].map { Column($0, $0) }

    static func cells(
        _ record: EpisodeRecord,
        _ disposition: TransferDisposition,
        _ returned: ReturnedDisposition?,
        _ directory: Directory
    ) -> [Cell] {
        [
            .code(record.caseNumber.description), text(record.transferFrom), text(record.transferRef),
            .text(directory.siteName(record.site)), .instant(record.callReceivedAt),
            .ifPresent(record.transferredAt, Cell.instant), .code(record.mode.rawValue),
            .ifPresent(record.dispatchedAt, Cell.instant), .ifPresent(record.arrivedAt, Cell.instant),
            .code(disposition.text), .ifPresent(record.discharge?.on, Cell.date),
            .bool(disposition.isKnown && returned?.isCurrent != true),
            .ifPresent(returned?.returnedAt, Cell.instant), .ifPresent(returned?.disposition, Cell.code),
        ]
    }

    private static func text(_ text: String) -> Cell {
        text.isEmpty ? .null : .text(text)
    }
}

extension Session {
    /// The rows of `export dispositions`, by the time of the call, then by case number, for the cases that the person
    /// may read: one for each warm transfer, as it stands now.
    ///
    /// - Parameter body: also gets what the row tells, which `returnDispositions` marks once the file is written.
    package borrowing func exportDispositions(
        _ query: DispositionQuery,
        _ body: ([Cell], ToldDisposition) throws -> Void
    ) throws -> ExportContents {
        try read("export dispositions", needing: .readCases) { db in
            let directory = try Directory.load(in: db)
            var narrowing = EpisodeNarrowing()
            narrowing.kind = query.owedOnly ? .dispositionOwed : .all
            narrowing.calledFrom = max(query.period.start(in: zone), query.since ?? .distantPast)
            narrowing.calledBefore = query.period.end(in: zone)
            let scope = actor.scope(of: .readCases)
            var contents = ExportContents()
            try EpisodeListStore.forEach(narrowing, now: now, in: zone, limit: nil, in: db) { row in
                let record = row.record
                guard record.isWarmTransfer, scope.contains(record.site) else { return }
                let disposition = TransferDisposition(of: record, directory.codes)
                let returned = try DispositionStore.last(of: record.id, in: db)
                try body(
                    DispositionExport.cells(record, disposition, returned, directory),
                    ToldDisposition(record, disposition)
                )
                contents.add(record, showsCaregiver: false)
            }
            return contents
        }
    }
}
