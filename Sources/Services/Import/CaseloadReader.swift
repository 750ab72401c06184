internal import CSV
internal import SQLite
internal import Storage

/// Reads the five files of a folder so that the rows of one case come together.
///
/// Files whose rows stand in the order of their cases, as exports have them, are gone through once to see that it is so,
/// and then read side by side. All others wait in the workspace and are sorted there.
struct CaseloadReader {
    private let folder: ImportFolder
    private(set) var rows = 0
    /// Of files in the order of their cases: as they were before they were looked at.
    private var looked: [ImportFolder.Stamp]?

    init(_ folder: ImportFolder) {
        self.folder = folder
    }

    /// Reads all rows once: those of ordered files to see that every one can be read, others into the workspace.
    mutating func read(
        into numbers: inout CaseNumberPool,
        progress: (Int, Int) throws -> Void,
        in workspace: borrowing Access<Writing>
    ) throws {
        // A pipe has other stamps for everything that is written into it.
        guard folder.canBeReadTwice else { return try spool(&numbers, progress, in: workspace) }
        let stamps = folder.stamps
        do {
            if try look(&numbers, progress) {
                looked = stamps
                return
            }
            try spool(&numbers, progress, in: workspace)
        } catch let error as CSVError {
            // The line of a file that is no longer the same helps nobody.
            throw folder.stamps == stamps ? error : Self.changed
        }
        guard folder.stamps == stamps else { throw Self.changed }
    }

    private mutating func spool(
        _ numbers: inout CaseNumberPool,
        _ progress: (Int, Int) throws -> Void,
        in workspace: borrowing Access<Writing>
    ) throws {
        try forEach(progress) { row in
            if row.file == .episodes { numbers.reserve(row.caseRef) }
            try SpoolStore.add(row, in: workspace)
        }
    }

    /// - Returns: whether every file is in the order of its cases.
    private mutating func look(_ numbers: inout CaseNumberPool, _ progress: (Int, Int) throws -> Void) throws -> Bool {
        let total = folder.size
        let order = try CaseOrder.look(at: folder) { try progress($0, total) }
        guard order.isKept else { return false }
        numbers.reserve(order.numbers)
        rows = order.rows
        return true
    }

    private mutating func forEach(
        _ progress: (Int, Int) throws -> Void,
        _ body: (CaseloadRow) throws -> Void
    ) throws {
        var done = 0
        let total = folder.size
        for file in folder.files {
            var reader = try folder.open(file)
            while try reader.next() {
                try body(reader.row(of: file))
                rows += 1
                // Arbitrary: often enough for a progress line.
                if rows & 0xFFF == 0 { try progress(done + reader.bytesRead, total) }
            }
            done += reader.bytesRead
        }
    }

    /// Gives all rows, case by case in the order of their references; within a case by file and line.
    func forEachByCase(in workspace: borrowing Access<Writing>, _ body: (CaseloadRow) throws -> Void) throws {
        guard let looked else { return try SpoolStore.forEach(in: workspace, body) }
        var given = 0
        do {
            try merge { row in
                try body(row)
                given += 1
            }
        } catch let error as CSVError {
            throw folder.stamps == looked ? error : Self.changed
        }
        guard given == rows, folder.stamps == looked else { throw Self.changed }
    }

    private static let changed = ServiceError.tryAgain(
        what: "the files were changed while they were read; nothing was imported",
        hint: "Import them again when they are complete."
    )

    private func merge(_ body: (CaseloadRow) throws -> Void) throws {
        let files = try folder.files.map { try OrderedFile($0, in: folder) }
        while let next = files.compactMap(\.row).min(by: { $0.isOfCase(before: $1) }) {
            for file in files {
                while let row = file.row, row.isOfCase(of: next) {
                    try body(row)
                    try file.advance()
                    if let following = file.row, following.isOfCase(before: row) { throw Self.changed }
                }
            }
        }
    }
}

/// A file whose rows stand in the order of their cases.
private final class OrderedFile {
    private let file: CaseloadFile
    private var reader: CSVReader
    /// The next one.
    private(set) var row: CaseloadRow?

    init(_ file: CaseloadFile, in folder: ImportFolder) throws {
        self.file = file
        reader = try folder.open(file)
        try advance()
    }

    func advance() throws {
        row = try reader.next() ? reader.row(of: file) : nil
    }
}
