internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

/// The half of an import that reads, understands and decides, in a thread of its own; `CaseloadImport` writes what was
/// decided.
///
/// It sees the record as it was before the import, which nobody else can change meanwhile, and keeps what the import has
/// brought so far in a workspace of its own: so nothing that it decides waits for what is being written.
struct CaseloadDesk: Sendable {
    let folder: String
    let options: ImportOptions
    /// The file that the import writes to.
    let path: String
    /// The end of the audit before the import.
    let snapshot: AuditChain
    /// Gives out keys and knows the rules; the desk has nothing to write it to.
    var change: Change
    var names: ImportNames
    private var numbers = CaseNumberPool()

    /// What the desk hands to the writer, in this order.
    enum Piece: Sendable {
        /// Bytes of the files.
        case read(Int, of: Int)
        /// Cases that were decided, of so many rows in all.
        case cases([CaseImport.Result], ofRows: Int)
        /// All cases were handed over. The keys that were not given out yet, and the names that were made.
        case decided(KeyMaker, ImportNames)
        /// Words of the new clients' names, in the order of their index.
        case words([NameWordRow], of: Int)
        case end
    }

    /// Nobody wants the pieces any more.
    private struct Unwanted: Error {}

    /// Cases in a piece. Arbitrary: enough that handing over costs nothing, and few beside what is kept in memory.
    private static let casesInPiece = 64
    /// Words in a piece. Arbitrary in the same way.
    private static let wordsInPiece = 512

    init(
        _ folder: String,
        _ options: ImportOptions,
        path: String,
        _ snapshot: AuditChain,
        _ change: Change,
        _ names: ImportNames
    ) {
        self.folder = folder
        self.options = options
        self.path = path
        self.snapshot = snapshot
        self.change = change
        self.names = names
    }

    /// Decides the whole caseload; what fails is handed over as well.
    func run(_ handover: Handover<Piece>) {
        var desk = self
        do {
            let workspace = try ImportWorkspace.open()
            let record = try Database.open(
                path,
                .readOnly,
                now: change.now.seconds,
                programVersion: ProgramVersion.current
            )
            try workspace.write { workspace in
                try record.read { db in
                    guard try AuditChain.end(in: db) == snapshot else {
                        throw SQLiteError(kind: .replaced, message: "another file has taken the database's place")
                    }
                    try ImportWorkspace.begin(in: workspace)
                    try desk.decide(handover, in: db, beside: workspace)
                }
                try Self.give(.decided(desk.change.keys, desk.names), to: handover)
                try Self.giveWords(of: workspace, to: handover)
            }
            _ = handover.give(.success(.end))
        } catch is Unwanted {
        } catch {
            _ = handover.give(.failure(error))
        }
    }

    private mutating func decide(
        _ handover: Handover<Piece>,
        in db: borrowing Access<Reading>,
        beside workspace: borrowing Access<Writing>
    ) throws {
        var reader = CaseloadReader(try ImportFolder(folder))
        try reader.read(
            into: &numbers,
            progress: { try Self.give(.read($0, of: $1), to: handover) },
            in: workspace
        )
        let rows = reader.rows
        var waiting: [CaseloadRow] = []
        var decided: [CaseImport.Result] = []
        try reader.forEachByCase(in: workspace) { row in
            if let first = waiting.first, !row.isOfCase(of: first) {
                decided.append(try decide(waiting, in: db, beside: workspace))
                waiting.removeAll(keepingCapacity: true)
                if decided.count == Self.casesInPiece {
                    try Self.give(.cases(decided, ofRows: rows), to: handover)
                    decided = []
                }
            }
            waiting.append(row)
        }
        if !waiting.isEmpty { decided.append(try decide(waiting, in: db, beside: workspace)) }
        try Self.give(.cases(decided, ofRows: rows), to: handover)
    }

    private mutating func decide(
        _ rows: [CaseloadRow],
        in db: borrowing Access<Reading>,
        beside workspace: borrowing Access<Writing>
    ) throws -> CaseImport.Result {
        var result: CaseImport.Result
        if let caseRef = rows.first?.caseRef, try isKnown(caseRef, in: db) {
            result = passOver(rows)
        } else {
            let cells = rows.map { RowCells(row: $0, zone: change.zone, codes: names.directory.codes) }
            result = try CaseImport.run(
                cells,
                names: &names,
                numbers: &numbers,
                &change,
                in: db,
                beside: workspace
            )
            if result.work != nil {
                result.newNames = names.settle()
                if let client = result.newClient { try BroughtClientStore.add(client, in: workspace) }
            }
        }
        result.rows = rows.count
        return result
    }

    private func isKnown(_ caseRef: String, in db: borrowing Access<Reading>) throws -> Bool {
        if try EpisodeStore.exists(sourceRef: caseRef, in: db) { return true }
        return try CaseNumber(caseRef).map { try EpisodeStore.exists($0, in: db) } ?? false
    }

    /// Passes over, or refuses, the rows of a case that is already in the database; never doubles it.
    private func passOver(_ rows: [CaseloadRow]) -> CaseImport.Result {
        var result = CaseImport.Result()
        for row in rows {
            if options.skipsExisting {
                result.skipped.append(row.file)
            } else {
                result.refuse(
                    row,
                    .duplicateRef,
                    "the case is already in the database. Leave the row out, or pass --skip-existing."
                )
            }
        }
        return result
    }

    private static func giveWords(of workspace: borrowing Access<Writing>, to handover: Handover<Piece>) throws {
        let total = try NameWordSpool.fill(in: workspace)
        var words: [NameWordRow] = []
        try NameWordSpool.forEach(in: workspace) { row in
            words.append(row)
            guard words.count == wordsInPiece else { return }
            try give(.words(words, of: total), to: handover)
            words = []
        }
        try give(.words(words, of: total), to: handover)
    }

    private static func give(_ piece: Piece, to handover: Handover<Piece>) throws {
        guard handover.give(.success(piece)) else { throw Unwanted() }
    }
}
