import Foundation
import Testing

/// Exported files as others read them: Python's csv and LibreOffice, every cell as it was.
struct ExportSpreadsheetTests {
    /// What people type, and what a spreadsheet would make of it.
    private static let notes = [
        "=1+1", " =1+1", "-5*5", "+1", "@SUM(A1)", "|cmd", "＝1+1", "'=already", "'plain", "a, \"quoted\" word",
        "two\nlines", "ends with a space ", "é ü 漢字 🙂", "0042", "1e5", "2026-11-20", "TRUE", "3/4", "a\tb", "''", "\"",
    ]

    private static func program(_ name: String, _ arguments: [String], in folder: String) throws -> (Int32, Data) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["HOME": folder]) { $1 }
        let output = "\(folder)/\(UUID().uuidString).out"
        try Data().write(to: URL(filePath: output))
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, try Data(contentsOf: URL(filePath: output)))
    }

    private static func isInstalled(_ name: String) -> Bool {
        let paths = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return paths.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }

    /// An agency with a visit for each note; the notes as `visit list` has them, which no spreadsheet has seen.
    private func agency() throws -> TestAgency {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        for (index, note) in Self.notes.enumerated() {
            let words = ["visit", "log", number, "--at", "2025-06-03T10:\(10 + index)", "--mode", "phone"]
            let result = try agency.run(words + ["--with", "youth", "--note", "-"], stdin: note)
            try #require(result.status == 0, "\(result.stderr)")
        }
        return agency
    }

    /// The cells as the program wrote them, each a text.
    private func expected(_ path: String) throws -> [[String]] {
        var rows: [[String]] = [[]]
        var cell = ""
        var isQuoted = false
        var wasQuote = false
        // A second reading of RFC 4180, by hand.
        for byte in String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self).unicodeScalars {
            if isQuoted, byte != "\"" { cell.unicodeScalars.append(byte); continue }
            switch byte {
            case "\"":
                if !isQuoted, wasQuote { cell += "\"" }
                wasQuote = isQuoted
                isQuoted.toggle()
                continue
            case ",":
                rows[rows.count - 1].append(cell)
                cell = ""
            case "\r": break
            case "\n":
                rows[rows.count - 1].append(cell)
                rows.append([])
                cell = ""
            default: cell.unicodeScalars.append(byte)
            }
            wasQuote = false
        }
        return rows.dropLast()
    }

    private static let kinds = [
        "summary", "episodes", "extensions", "visits", "plans", "referrals", "overdue", "dispositions",
    ]

    @Test func `pitfall 17 python's csv reads every cell of every file as it was written`() throws {
        try #require(Self.isInstalled("python3"), "python3 is not installed")
        let agency = try agency()
        let script = """
            import csv, json, sys
            with open(sys.argv[1], newline='', encoding=sys.argv[2]) as file:
                json.dump(list(csv.reader(file, strict=True)), sys.stdout)
            """
        for kind in Self.kinds {
            for bom in [false, true] {
                let path = "\(agency.home)/\(kind).csv"
                let result = try agency.run(["export", kind, "-o", path] + (bom ? ["--bom"] : []), as: "sue")
                try #require(result.status == 0, "\(result.stderr)")
                let bytes = try Data(contentsOf: URL(filePath: path))
                #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]) == bom)
                if bom { try bytes.dropFirst(3).write(to: URL(filePath: path + ".plain")) }
                let (status, data) = try Self.program(
                    "python3",
                    ["-c", script, path, bom ? "utf-8-sig" : "utf-8"],
                    in: agency.home
                )
                try #require(status == 0)
                let rows = try #require(try JSONSerialization.jsonObject(with: data) as? [[String]])
                #expect(try rows == expected(bom ? path + ".plain" : path), "\(kind)")
            }
        }
    }

    @Test func `pitfall 16 the guard is one apostrophe, and without it the notes are as they were typed`() throws {
        let agency = try agency()
        let path = "\(agency.home)/visits.csv"
        #expect(try agency.run(["export", "visits", "-o", path], as: "sue").status == 0)
        let rows = try expected(path)
        let place = try #require(rows[0].firstIndex(of: "note"))
        let written = rows.dropFirst().map { $0[place] }
        #expect(written.count == Self.notes.count)
        for (cell, note) in zip(written, Self.notes) {
            let isRisky = ["=", "+", "-", "@", "|", "＝"].contains {
                note.drop { " '\t".contains($0) }.hasPrefix($0)
            }
            #expect(cell == (isRisky ? "'" + note : note))
        }
    }

    @Test(
        .enabled("LibreOffice (soffice) is not installed: whether it opens the files is NOT tested") {
            isInstalled("soffice")
        }
    )
    func `pitfalls 16 and 17 libreoffice opens every file, runs nothing, and keeps each cell as it was`() throws {
        let agency = try agency()
        for kind in ["visits", "episodes", "summary"] {
            let path = "\(agency.home)/\(kind).csv"
            #expect(try agency.run(["export", kind, "-o", path], as: "sue").status == 0)
            let rows = try expected(path)
            // As text, cell by cell: comma, quote, UTF-8, from line 1, every column as it stands.
            let columns = (1...(rows.first?.count ?? 1)).map { "\($0)/2" }.joined(separator: "/")
            for (filter, isText) in [("44,34,76,1,\(columns)", true), ("44,34,76,1", false)] {
                let (status, _) = try Self.program(
                    "soffice",
                    [
                        "--headless", "--norestore", "-env:UserInstallation=file://\(agency.home)/office",
                        "--infilter=Text - txt - csv (StarCalc):\(filter)", "--convert-to", "fods", "--outdir",
                        agency.home, path,
                    ],
                    in: agency.home
                )
                try #require(status == 0)
                let sheet = try Data(contentsOf: URL(filePath: "\(agency.home)/\(kind).fods"))
                let text = String(decoding: sheet, as: UTF8.self)
                // However somebody opens it, no cell has become a formula.
                #expect(!text.contains("table:formula="), "\(kind)")
                if isText { #expect(FlatSheet.cells(of: sheet) == rows, "\(kind)") }
            }
        }
    }
}
