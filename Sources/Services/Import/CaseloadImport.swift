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
            try SpoolStore.begin(in: db)
            var run = CaseloadImport(
                options: options,
                listener: listener,
                names: ImportNames(try Directory.load(in: db), createsMissing: options.createsMissing)
            )
            try change.audit(in: db)
            try run.read(folder, in: db)
            try run.apply(&change, in: db)
            try SpoolStore.end(in: db)
            try run.compareClients(&change, in: db)
            try listener.finished()
            guard options.skipsRejected || run.summary.count(.refused) == 0 else {
                throw ImportRefused(summary: run.summary)
            }
            try run.names.settleMade(&change, in: db)
            return run.summary
        }
    }
}

/// One import while it runs.
struct CaseloadImport {
    private let options: ImportOptions
    private let listener: ImportListener
    private(set) var names: ImportNames
    private var numbers = CaseNumberPool()
    private var rows = 0
    private var applied = 0
    private(set) var summary = ImportSummary()
    /// Of the clients that the import brought.
    private var newBirthDates: Set<CivilDate> = []
    /// No key of this import is before it.
    private var firstKey: Int64 = 0

    init(options: ImportOptions, listener: ImportListener, names: ImportNames) {
        self.options = options
        self.listener = listener
        self.names = names
    }

    mutating func read(_ folder: String, in db: borrowing Access<Writing>) throws {
        var reader = CaseloadReader(folder: folder)
        try reader.read(into: &numbers, progress: { listener.progress(.reading, $0, $1) }, in: db)
        rows = reader.rows
    }

    /// Applies the spooled rows case by case.
    mutating func apply(_ change: inout Change, in db: borrowing Access<Writing>) throws {
        firstKey = change.keys.next()
        var rows: [SpooledRow] = []
        try SpoolStore.forEach(in: db) { row in
            // Byte by byte, as the database compares: as text, two ways to write an accent would be one case.
            if let first = rows.first, !first.caseRef.utf8.elementsEqual(row.caseRef.utf8) {
                try apply(rows, &change, in: db)
                rows.removeAll(keepingCapacity: true)
            }
            rows.append(row)
        }
        if !rows.isEmpty { try apply(rows, &change, in: db) }
    }

    private mutating func apply(
        _ rows: [SpooledRow],
        _ change: inout Change,
        in db: borrowing Access<Writing>
    ) throws {
        if try !passOver(rows, in: db) {
            let cells = rows.map { RowCells(row: $0, zone: change.zone, codes: names.directory.codes) }
            let result = try CaseImport.run(cells, names: &names, numbers: &numbers, &change, in: db)
            try keep(result, &change, in: db)
        }
        applied += rows.count
        listener.progress(.applying, applied, self.rows)
    }

    /// Passes over, or refuses, the rows of a case that is already in the database; never doubles it.
    private mutating func passOver(_ rows: [SpooledRow], in db: borrowing Access<Writing>) throws -> Bool {
        guard let caseRef = rows.first?.caseRef, try isKnown(caseRef, in: db) else { return false }
        for row in rows {
            if options.skipsExisting {
                summary.add(.skipped, row.file)
            } else {
                let refusal = RowRefusal(
                    file: row.file,
                    line: row.line,
                    rule: .duplicateRef,
                    reason: "the case is already in the database. Leave the row out, or pass --skip-existing."
                )
                summary.add(refusal)
                try listener.rejected(row, refusal)
            }
        }
        return true
    }

    private func isKnown(_ caseRef: String, in db: borrowing Access<Writing>) throws -> Bool {
        if try EpisodeStore.exists(sourceRef: caseRef, in: db) { return true }
        return try CaseNumber(caseRef).map { try EpisodeStore.exists($0, in: db) } ?? false
    }

    /// Finds the new clients who may be somebody on record, or another new one; in the order of entry.
    ///
    /// At the end and day by day: client by client, the cost would grow with the square of their number.
    mutating func compareClients(_ change: inout Change, in db: borrowing Access<Writing>) throws {
        let keys = firstKey..<change.keys.next()
        var found: [(key: ClientID, pairs: [ImportSummary.NearPair])] = []
        for day in newBirthDates.sorted() {
            for (new, known) in try PossibleDuplicates.among(
                bornOn: day,
                isNew: { keys.contains($0.id.value) },
                in: db
            ) {
                found.append((new.id, known.map { .init(new: new.clientRef, known: $0.clientRef) }))
            }
        }
        found.sort { $0.key < $1.key }
        summary.possibleDuplicates = found.flatMap(\.pairs)
    }

    private mutating func keep(
        _ result: CaseImport.Result,
        _ change: inout Change,
        in db: borrowing Access<Writing>
    ) throws {
        if let work = result.work {
            summary.newSites += names.pending.sites.map(\.name)
            summary.newLogins += names.pending.staff.map(\.login)
            try names.keep(at: change.now, in: db)
            if let client = result.newClient {
                try ClientStore.insert(client, at: change.now, in: db)
                if let birthDate = client.birthDate { newBirthDates.insert(birthDate) }
                summary.newClients += 1
            }
            try work.save(&change, in: db)
        }
        for (file, count) in result.kept { summary.add(.kept, file, count) }
        for relaxation in result.relaxations { summary.relaxations[relaxation, default: 0] += 1 }
        summary.unknownSites.formUnion(result.unknownSites)
        summary.unknownLogins.formUnion(result.unknownLogins)
        for (row, refusal) in result.refused {
            summary.add(refusal)
            try listener.rejected(row, refusal)
        }
    }
}
