import CSV
import Foundation
import Testing

/// Another program's CSV, both ways. Skipped, and said so, where python3 is not installed.
@Suite(.enabled(if: Python.isInstalled, "python3 is not installed: agreement with its csv module is not tested"))
struct PythonAgreementTests {
    private static let columns = ["a", "b", "c"]

    private static func matrix(seed: UInt64) -> [[String]] {
        var generator = SeededGenerator(seed: seed)
        return (0..<200).flatMap { _ in RoundTripTests.matrix(&generator, columns: columns.count) }
    }

    @Test func `it reads what this writes`() throws {
        let rows = Self.matrix(seed: 31)
        let directory = try TemporaryDirectory()
        let path = try directory.file("out.csv", RoundTripTests.write(rows, columns: Self.columns, byteOrderMark: true))
        let script = """
            import csv, json, sys
            with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
                json.dump(list(csv.reader(file, strict=True)), sys.stdout)
            """
        let read = try JSONDecoder().decode([[String]].self, from: Python.run(["-c", script, path]))
        let guarded = rows.map { $0.map { FormulaGuard.guarded($0) } }
        #expect(read.map { $0.map { Array($0.utf8) } } == ([Self.columns] + guarded).map { $0.map { Array($0.utf8) } })
    }

    @Test(arguments: [("QUOTE_MINIMAL", "\\r\\n"), ("QUOTE_ALL", "\\n")])
    func `this reads what it writes`(_ quoting: String, _ lineEnd: String) throws {
        let rows = Self.matrix(seed: 32)
        let directory = try TemporaryDirectory()
        let input = try directory.file("rows.json", [UInt8](JSONEncoder().encode([Self.columns] + rows)))
        let script = """
            import csv, json, sys
            with open(sys.argv[1], encoding="utf-8") as file:
                rows = json.load(file)
            with open(sys.argv[2], "w", newline="", encoding="utf-8") as file:
                csv.writer(file, quoting=csv.\(quoting), lineterminator="\(lineEnd)").writerows(rows)
            """
        let path = directory.path + "/out.csv"
        try Python.run(["-c", script, input, path])
        let reading = Reading(path: path, columns: Self.columns)
        #expect(reading.error == nil)
        #expect(reading.rows.map { $0.map { Array($0.utf8) } } == rows.map { $0.map { Array($0.utf8) } })
    }
}
