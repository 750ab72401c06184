package import SQLite

/// One row of a caseload's file, before it is understood.
package struct SpooledRow: Sendable {
    package let caseRef: String
    package let file: CaseloadFile
    package let line: Int
    package let packed: PackedCells

    package init(caseRef: String, file: CaseloadFile, line: Int, packed: PackedCells) {
        self.caseRef = caseRef
        self.file = file
        self.line = line
        self.packed = packed
    }

    package var cells: [String] { (0..<packed.count).map(packed.text) }
}

/// Brings the rows of a caseload's files together case by case, whatever their order, in memory that does not grow
/// with the files: they wait in a table and are sorted in one pass, both of which SQLite spills to unlinked files.
package enum SpoolStore {
    static func begin(in workspace: borrowing Access<Writing>) throws {
        // Without a key: to keep the rows in order while they come costs more than to sort them once.
        try workspace.execute(
            """
            CREATE TABLE spool (
                case_ref TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL, cells BLOB NOT NULL
            ) STRICT
            """
        )
    }

    /// The row's case is named by its first cell.
    package static func add(
        _ cells: PackedCells,
        of file: CaseloadFile,
        line: Int,
        in workspace: borrowing Access<Writing>
    ) throws {
        try workspace.execute(
            """
            INSERT INTO spool (case_ref, file, line, cells)
            VALUES (\(cells.text(0)), \(file.rawValue), \(line), \(cells.bytes))
            """
        )
    }

    /// All rows, case by case; within a case by file and line.
    package static func forEach(in workspace: borrowing Access<Writing>, _ body: (SpooledRow) throws -> Void) throws {
        try workspace.forEach("SELECT case_ref, file, line, cells FROM spool ORDER BY case_ref, file, line") { row in
            guard let file = CaseloadFile(rawValue: try row.int(1)) else { throw UnknownCode() }
            try body(
                SpooledRow(
                    caseRef: try row.text(0),
                    file: file,
                    line: try row.int(2),
                    packed: PackedCells(unpacking: try row.blob(3), count: file.columns.count)
                )
            )
        }
    }
}
