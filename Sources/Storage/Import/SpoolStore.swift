package import SQLite

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

    package static func add(_ row: CaseloadRow, in workspace: borrowing Access<Writing>) throws {
        try workspace.execute(
            """
            INSERT INTO spool (case_ref, file, line, cells)
            VALUES (\(row.caseRef), \(row.file.rawValue), \(row.line), \(row.packed.bytes))
            """
        )
    }

    /// All rows, case by case; within a case by file and line.
    package static func forEach(in workspace: borrowing Access<Writing>, _ body: (CaseloadRow) throws -> Void) throws {
        try workspace.forEach("SELECT file, line, cells FROM spool ORDER BY case_ref, file, line") { row in
            guard let file = CaseloadFile(rawValue: try row.int(0)) else { throw UnknownCode() }
            let cells = PackedCells(unpacking: try row.blob(2), count: file.columns.count)
            try body(CaseloadRow(file: file, line: try row.int(1), packed: cells))
        }
    }
}
