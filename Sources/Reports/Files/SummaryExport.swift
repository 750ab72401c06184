package import CSV
internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Services
internal import Storage

/// Rows of an exported file, one record after the other.
package struct ExportedRecords: Sendable {
    package let written: WrittenBytes
    package let rows: Int
    /// A row is of an episode under 42 CFR part 2.
    package let isPart2: Bool
}

/// Writes the summaries of a period as records of a CSV file.
///
/// Two readers take the shares of the period in turn, and the first hands on what both have written, in the order of
/// the shares: which of them has written a row shows nowhere.
struct SummaryExport: Sendable {
    let scan: SummaryScan
    let names: SummaryNames

    /// Bytes from which on records are handed on; arbitrary.
    private static let pieceBytes = 256 << 10
    /// The same where records may have to wait for their turn: more than a share commonly has, so that one reader seldom
    /// waits for the other.
    private static let waitingBytes = 2 << 20
    /// Pieces of the second reader that wait for their turn; arbitrary. More would only take memory.
    private static let waitingPieces = 2

    /// One reader writes all.
    func write<Mode>(
        _ share: SummaryShare,
        in db: borrowing Access<Mode>,
        piece: Int = pieceBytes,
        _ body: (ExportedRecords) throws -> Void
    ) throws {
        var names = names
        var pieces = RecordPieces(zone: scan.zone, waiting: piece)
        try scan.forEach(of: share, in: db) { summary, batch in
            try pieces.add(summary, &names, batch.texts.span)
            if pieces.waiting >= piece { try body(pieces.take()) }
        }
        try body(pieces.take())
    }

    /// A second reader takes part, if it sees the same snapshot.
    ///
    /// - Parameter path: the database, which the second reader opens for itself.
    func write<Mode>(
        _ shares: [SummaryShare],
        in db: borrowing Access<Mode>,
        besides path: String,
        now: Instant,
        _ body: (ExportedRecords) throws -> Void
    ) throws {
        let queue = ShareQueue(Array(shares.enumerated()))
        guard queue.isWorthTwo else { return try shares.forEach { try write($0, in: db, body) } }
        let handover = Handover<Piece>(capacity: Self.waitingPieces)
        let snapshot = try AuditChain.end(in: db)
        let _: Void? = try SecondThread.run {
            try SecondReader.read(path, snapshot, now: now) { db in
                while let (_, share) = queue.next(), giveAll(of: share, to: handover, in: db) {}
            }
        } during: {
            // Where one reader fails, the other need not go on.
            defer {
                queue.close()
                handover.close()
            }
            var turn = 0
            // Shares that this reader has not taken are the other's, which takes and gives them in the same order.
            func takeOthers(until mine: Int) throws {
                while turn < mine {
                    let piece = try handover.take()
                    try body(piece.records)
                    if piece.isLast { turn += 1 }
                }
            }
            while let (place, share) = queue.next() {
                try write(share, in: db, piece: Self.waitingBytes) { records in
                    try takeOthers(until: place)
                    try body(records)
                }
                turn = place + 1
            }
            try takeOthers(until: shares.count)
        }
    }

    /// What the second reader has written of a share.
    private struct Piece: Sendable {
        let records: ExportedRecords
        let isLast: Bool
    }

    /// - Returns: whether anybody wants another share.
    private func giveAll<Mode>(
        of share: SummaryShare,
        to handover: Handover<Piece>,
        in db: borrowing Access<Mode>
    ) -> Bool {
        do {
            // The last piece has to say that it is: each waits for the next.
            var held: ExportedRecords?
            try write(share, in: db, piece: Self.waitingBytes) { records in
                if let held, !handover.give(.success(Piece(records: held, isLast: false))) { throw NothingWanted() }
                held = records
            }
            return held.map { handover.give(.success(Piece(records: $0, isLast: true))) } ?? true
        } catch is NothingWanted {
            return false
        } catch {
            // The first reader waits for this share, and throws it.
            _ = handover.give(.failure(error))
            return false
        }
    }

    private struct NothingWanted: Error {}
}

/// Records being written, until they are taken.
private struct RecordPieces: ~Copyable {
    private var records: CellRecords
    private var rows = 0
    private var isPart2 = false

    init(zone: Zone, waiting: Int) {
        records = CellRecords(columns: EpisodeSummary.columns, zone: zone, waiting: waiting)
    }

    var waiting: Int { records.waiting }

    mutating func add(
        _ summary: borrowing EpisodeSummary,
        _ names: inout SummaryNames,
        _ texts: Span<UInt8>
    ) throws {
        summary.write(to: &records, &names, texts)
        try records.endRecord()
        rows += 1
        if summary.row.part2 { isPart2 = true }
    }

    mutating func take() -> ExportedRecords {
        defer {
            rows = 0
            isPart2 = false
        }
        return ExportedRecords(written: records.take(), rows: rows, isPart2: isPart2)
    }
}
