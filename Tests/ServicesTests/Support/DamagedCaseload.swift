import CSV
import CrisisCare
import Foundation
import Storage

/// A generated caseload with damage in some of its rows, as a spreadsheet gets it over the years.
struct DamagedCaseload {
    struct Row {
        var line: Int
        var cells: [String]
    }

    private(set) var rows: [CaseloadFile: [Row]] = [:]
    /// Rows that no rule can let through.
    private(set) var certain: [(CaseloadFile, Int)] = []
    private var generator: SeededGenerator

    init(_ folder: String, seed: UInt64, damages: Int = 40) throws {
        generator = SeededGenerator(seed: seed)
        for file in CaseloadFile.allCases {
            var reader = try CSVReader.open(path: "\(folder)/\(file.name)", name: file.name)
            try reader.readHeader(columns: file.columns)
            while try reader.next() {
                let cells = file.columns.indices.map { file.isText($0) ? reader.text($0) : reader.code($0) }
                rows[file, default: []].append(Row(line: 0, cells: cells))
            }
        }
        for _ in 0..<damages { damage() }
    }

    /// One row of a random file gets something that is wrong wherever it stands.
    private mutating func damage() {
        let damages: [(CaseloadFile, String, String)] = [
            (.episodes, "site", ""), (.episodes, "call_received_at", "2026-13-01T10:00:00-04:00"),
            (.episodes, "response_mode", "by bus"), (.episodes, "transferred_at", "2020-01-01T10:00:00-05:00"),
            (.visits, "case_ref", "nowhere"), (.visits, "at", "2026-09-01T09:00"), (.visits, "minutes", "9999"),
            (.visits, "at", "2030-01-01T10:00:00-05:00"), (.visits, "at", "2001-01-01T10:00:00-05:00"),
            (.plans, "lethal_means", ""), (.plans, "review_on", "2031-01-01"), (.plans, "youth_took_part", "perhaps"),
            (.referrals, "status", "connected to nobody"), (.referrals, "sent_at", ""),
            (.extensions, "approved_by", ""), (.extensions, "new_end", "2031-01-01"),
        ]
        let (file, column, value) = generator.one(of: damages)
        guard let place = file.columns.firstIndex(of: column), let count = rows[file]?.count, count > 0 else { return }
        rows[file]?[Int.random(in: 0..<count, using: &generator)].cells[place] = value
    }

    mutating func shuffle() {
        for file in rows.keys { rows[file]?.shuffle(using: &generator) }
    }

    /// Writes the files, and notes the line at which each row stands.
    mutating func write(to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        certain = []
        for file in rows.keys {
            var writer = CSVWriter(to: .memory, columns: file.columns)
            var line = 2
            for index in (rows[file] ?? []).indices {
                guard let cells = rows[file]?[index].cells else { continue }
                rows[file]?[index].line = line
                for (column, cell) in cells.enumerated() {
                    if file.isText(column) { writer.text(cell) } else { writer.code(cell) }
                }
                try writer.endRecord()
                // A cell with line ends takes several lines of the file.
                line += 1 + cells.joined().utf8.count { $0 == UInt8(ascii: "\n") }
                if isDamaged(cells) { certain.append((file, rows[file]?[index].line ?? 0)) }
            }
            try writer.finish()
            try Data(writer.takeBytes()).write(to: URL(fileURLWithPath: folder + "/" + file.name))
        }
    }

    private func isDamaged(_ cells: [String]) -> Bool {
        cells.contains { ["by bus", "nowhere", "9999", "perhaps", "connected to nobody", "2031-01-01"].contains($0) }
    }
}
