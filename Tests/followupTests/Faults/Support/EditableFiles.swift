import Foundation

@testable import CaseloadOracle

/// The five files of a caseload as tables of cells, to be changed here and there and written again.
struct EditableFiles {
    static let names = ["episodes", "extensions", "visits", "plans", "referrals"]

    struct Table: Equatable {
        var columns: [String]
        var rows: [[String]]

        init(columns: [String], rows: [[String]]) {
            self.columns = columns
            self.rows = rows
        }

        /// The header's cells are names without quotes; one may come twice, as `reason` does among rejects.
        init(csv text: String) throws {
            rows = try NaiveTable(file: "a table", text: text).rows.map(\.cells)
            let header = text.drop { $0 == "\u{FEFF}" }.prefix { !$0.isNewline }
            columns = header.split(separator: ",").map { $0.trimmingCharacters(in: ["\""]) }
        }

        /// Its place in a row; a column that is not there is a mistake of the test.
        func index(_ column: String) throws -> Int {
            guard let index = columns.firstIndex(of: column) else { throw NoColumn(name: column) }
            return index
        }

        func cell(_ row: Int, _ column: String) throws -> String { rows[row][try index(column)] }

        mutating func set(_ row: Int, _ column: String, _ cell: String) throws { rows[row][try index(column)] = cell }

        /// The first row that passes, its cells by their columns.
        func first(where passes: ([String: String]) throws -> Bool) rethrows -> Int? {
            try rows.indices.first { row in
                try passes(Dictionary(uniqueKeysWithValues: zip(columns, rows[row])))
            }
        }
    }

    struct NoColumn: Error { let name: String }

    var tables: [String: Table] = [:]

    /// What is there of the five files in a folder.
    init(_ folder: String) throws {
        for name in Self.names {
            let path = "\(folder)/\(name).csv"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
            tables[name] = try Table(csv: text)
        }
    }

    subscript(name: String) -> Table {
        get { tables[name] ?? Table(columns: [], rows: []) }
        set { tables[name] = newValue }
    }

    var rowCount: Int { tables.values.reduce(0) { $0 + $1.rows.count } }

    /// Every row of every file, in an order of its own.
    var sortedRows: [String: [String]] {
        tables.filter { !$0.value.rows.isEmpty }.mapValues { $0.rows.map { $0.joined(separator: "\u{1F}") }.sorted() }
    }

    func write(to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, table) in tables where !table.rows.isEmpty {
            let lines = ([table.columns] + table.rows).map { cells in
                cells.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }.joined(separator: ",")
            }
            try (lines.joined(separator: "\r\n") + "\r\n").write(
                toFile: "\(folder)/\(name).csv",
                atomically: false,
                encoding: .utf8
            )
        }
    }
}
