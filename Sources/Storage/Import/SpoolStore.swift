package import SQLite

/// One row of a caseload's file, before it is understood.
package struct SpooledRow: Sendable {
    package var caseRef: String
    package var file: CaseloadFile
    package var line: Int
    package var cells: [String]

    package init(caseRef: String, file: CaseloadFile, line: Int, cells: [String]) {
        self.caseRef = caseRef
        self.file = file
        self.line = line
        self.cells = cells
    }
}

/// Brings the rows of a caseload's files together case by case, whatever their order, in memory that does not grow
/// with the files: they wait in a temporary table, which SQLite spills to an unlinked file.
package enum SpoolStore {
    package static func begin(in db: borrowing Access<Writing>) throws {
        try db.execute(
            """
            CREATE TEMP TABLE spool (
                case_ref TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL, cells TEXT NOT NULL,
                PRIMARY KEY (case_ref, file, line)
            ) STRICT, WITHOUT ROWID
            """
        )
    }

    package static func end(in db: borrowing Access<Writing>) throws {
        try db.execute("DROP TABLE spool")
    }

    package static func add(_ row: SpooledRow, in db: borrowing Access<Writing>) throws {
        try db.execute(
            """
            INSERT INTO spool (case_ref, file, line, cells)
            VALUES (\(row.caseRef), \(row.file.rawValue), \(row.line), \(pack(row.cells)))
            """
        )
    }

    /// All rows, case by case; within a case by file and line.
    package static func forEach(in db: borrowing Access<Writing>, _ body: (SpooledRow) throws -> Void) throws {
        try db.forEach("SELECT case_ref, file, line, cells FROM spool ORDER BY case_ref, file, line") { row in
            guard let file = CaseloadFile(rawValue: try row.int(1)) else { throw UnknownCode() }
            try body(
                SpooledRow(
                    caseRef: try row.text(0),
                    file: file,
                    line: try row.int(2),
                    cells: unpack(try row.text(3))
                )
            )
        }
    }

    /// Cells hold no NUL (the reader refuses it), so that it can stand between them.
    private static func pack(_ cells: [String]) -> String {
        cells.joined(separator: "\0")
    }

    private static func unpack(_ packed: String) -> [String] {
        packed.utf8.split(separator: 0, omittingEmptySubsequences: false).map { String(Substring($0)) }
    }
}
