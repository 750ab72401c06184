internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

extension Session {
    /// Brings in the caseload of a folder: all of it or, unless told otherwise, nothing.
    package borrowing func importCaseload(
        from folder: String,
        _ options: ImportOptions,
        listener: ImportListener = ImportListener()
    ) throws -> ImportSummary {
        try change("import", needing: .importCases, isDryRun: options.isDryRun) { change, db in
            AuditChain.prepareForMany()
            try db.keepInMemory(megabytes: CaseloadImport.megabytes, inLargePages: true)
            let snapshot = try AuditChain.end(in: db)
            try change.audit(in: db)
            let names = ImportNames(try Directory.load(in: db), createsMissing: options.createsMissing)
            let desk = CaseloadDesk(folder, options, path: path, snapshot, change, names)
            var run = CaseloadImport(listener: listener)
            try run.write(what: desk, &change, in: db)
            try listener.finished()
            guard options.skipsRejected || run.summary.count(.refused) == 0 else {
                throw ImportRefused(summary: run.summary)
            }
            try run.settleNames(&change, in: db)
            try db.requireRoomToGrow()
            if !options.isDryRun { listener.progress(.saving, 0, 0) }
            return run.summary
        }
    }
}

/// The half of an import that writes, case by case, what `CaseloadDesk` decides beside it.
struct CaseloadImport {
    /// How much of the database being filled is kept in memory. Arbitrary: room for the pages into which the indexes of a
    /// million clients go in no order, within what any machine has.
    static let megabytes = 64
    /// Pieces that the desk may be ahead. Arbitrary: each holds some hundreds of rows.
    private static let waitingPieces = 4

    private let listener: ImportListener
    private var names: ImportNames?
    private var written = 0
    private var writtenWords = 0
    private(set) var summary = ImportSummary()
    /// Of the clients that the import brought.
    private var newBirthDates: Set<CivilDate> = []

    init(listener: ImportListener) {
        self.listener = listener
    }

    mutating func write(what desk: CaseloadDesk, _ change: inout Change, in db: borrowing Access<Writing>) throws {
        let firstKey = change.keys.next()
        let handover = Handover<CaseloadDesk.Piece>(capacity: Self.waitingPieces)
        try SecondThread.both({ desk.run(handover) }) {
            defer { handover.close() }
            var goesOn = true
            while goesOn {
                let piece = try handover.take()
                goesOn = try write(piece, keysFrom: firstKey, &change, in: db)
                handover.giveBack(piece)
            }
        }
    }

    /// - Returns: whether another piece follows.
    private mutating func write(
        _ piece: CaseloadDesk.Piece,
        keysFrom firstKey: Int64,
        _ change: inout Change,
        in db: borrowing Access<Writing>
    ) throws -> Bool {
        switch piece {
        case .read(let bytes, let total):
            listener.progress(.reading, bytes, total)
        case .cases(let results, let total):
            for result in results {
                try write(result, &change, in: db)
                written += result.rows
                listener.progress(.applying, written, total)
            }
        case .decided(let keys, let names):
            change.keys = keys
            self.names = names
            // Meanwhile the desk sorts the words.
            try compareClients(from: firstKey, &change, in: db)
        case .words(let words, let total):
            for word in words { try NameWordStore.insert(word, in: db) }
            writtenWords += words.count
            listener.progress(.storingNames, writtenWords, total)
        case .end:
            return false
        }
        return true
    }

    private mutating func write(
        _ result: CaseImport.Result,
        _ change: inout Change,
        in db: borrowing Access<Writing>
    ) throws {
        if let work = result.work {
            summary.newSites += result.newNames.sites.map(\.name)
            summary.newLogins += result.newNames.staff.map(\.login)
            try result.newNames.write(at: change.now, in: db)
            if let client = result.newClient {
                try ClientStore.insertRow(client, at: change.now, in: db)
                if let birthDate = client.birthDate { newBirthDates.insert(birthDate) }
                summary.newClients += 1
            }
            try work.save(&change, audited: .oneImport(broughtIn: result.broughtIn), in: db)
        }
        for file in result.skipped { summary.add(.skipped, file) }
        for (file, count) in result.kept { summary.add(.kept, file, count) }
        for relaxation in result.relaxations { summary.relaxations[relaxation, default: 0] += 1 }
        summary.unknownSites.formUnion(result.unknownSites)
        summary.unknownLogins.formUnion(result.unknownLogins)
        for (row, refusal) in result.refused {
            summary.add(refusal)
            try listener.rejected(row, refusal)
        }
    }

    /// Finds the new clients who may be somebody on record, or another new one; in the order of entry.
    ///
    /// At the end and day by day: client by client, the cost would grow with the square of their number.
    private mutating func compareClients(
        from firstKey: Int64,
        _ change: inout Change,
        in db: borrowing Access<Writing>
    ) throws {
        let keys = firstKey..<change.keys.next()
        var found: [(key: ClientID, pairs: [ImportSummary.NearPair])] = []
        for (done, day) in newBirthDates.sorted().enumerated() {
            listener.progress(.comparingClients, done, newBirthDates.count)
            for (new, known) in try PossibleDuplicates.among(
                bornOn: day,
                isNew: { keys.contains($0.value) },
                in: db
            ) {
                found.append((new.id, known.map { .init(new: new.clientRef, known: $0.clientRef) }))
            }
        }
        found.sort { $0.key < $1.key }
        summary.possibleDuplicates = found.flatMap(\.pairs)
    }

    /// Leaves the entries of the sites and staff that were made, or refuses who may not make them.
    func settleNames(_ change: inout Change, in db: borrowing Access<Writing>) throws {
        try names?.settleMade(&change, in: db)
    }
}
