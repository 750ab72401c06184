import Foundation
import Testing

/// A database with one marker in every personal field: what is said on the standard error, by every command, whatever
/// is wrong with the machine, never holds it.
struct MarkerTests {
    private static let marker = MarkedAgency.marker

    private func expectSilent(_ result: CommandLineTool.Result, _ words: [String], _ fault: String = "") {
        #expect(
            !result.stderr.localizedCaseInsensitiveContains(Self.marker),
            "\(fault) \(words): \(result.stderr)"
        )
    }

    /// Every line of the table, and those whose values are the marker.
    private func commands(_ marked: MarkedAgency) -> [[String]] {
        let lines = CommandTable.lines.map(marked.words)
        let wrong = CommandTable.lines.compactMap { line -> [String]? in
            guard let last = line.words.indices.last else { return nil }
            var words = marked.words(line)
            words[line.command.split(separator: " ").count + last] = Self.marker
            return words
        }
        return lines + wrong + lines.map { $0 + [Self.marker] } + lines.map { $0 + ["--\(Self.marker)"] }
    }

    @Test func `no command says a value of the record beside its output, whether it works or is typed wrong`() throws {
        let marked = try MarkedAgency()
        for words in commands(marked) {
            expectSilent(try marked.agency.run(words, as: "amy"), words)
        }
        // The marker is in the record, or this test would show nothing.
        let exported = try marked.agency.run(["export", "episodes"], as: "amy")
        #expect(exported.stdout.contains(Self.marker))
    }

    @Test func `no command's help says a value of the record`() throws {
        let marked = try MarkedAgency()
        for path in try CommandDump.read().paths {
            let result = try marked.agency.run(path + ["--help"], as: "amy")
            #expect(result.status == 0, "\(path)")
            expectSilent(result, path)
            #expect(!result.stdout.contains(Self.marker), "\(path)")
        }
    }

    @Test func `on a damaged file no command says a value of the record`() throws {
        let marked = try MarkedAgency()
        // What is in the log goes into the file, so that the file's damage is met.
        _ = try marked.agency.run(["backup", marked.agency.home + "/whole.db"], as: "amy")
        let whole = try Data(contentsOf: URL(filePath: marked.agency.home + "/whole.db"))
        #expect(whole.range(of: Data(Self.marker.utf8)) != nil)
        for round in 0..<3 {
            var damaged = whole
            for place in stride(from: 4096 * (round + 2), to: damaged.count - 512, by: 4096 * 3) {
                damaged.replaceSubrange(place..<place + 64, with: Data(repeating: 0x5A, count: 64))
            }
            for suffix in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: marked.agency.database + suffix)
            }
            try damaged.write(to: URL(filePath: marked.agency.database))
            try marked.agency.seal()
            var failed = 0
            for line in CommandTable.lines where line.command != "restore" {
                let words = marked.words(line)
                let result = try marked.agency.run(words, as: "amy")
                expectSilent(result, words, "damaged")
                if result.status == 69 { failed += 1 }
            }
            #expect(failed > 0, "the damage was met")
        }
    }

    @Test func `a locked database makes no command say a value of the record`() throws {
        let marked = try MarkedAgency()
        let names: Set = ["visit log", "show", "episode amend", "client edit", "plan set", "export", "audit list"]
        let lines = CommandTable.lines.filter { names.contains($0.command) }.map(marked.words)
        try StoredRows.locked(marked.agency) {
            let runs = try lines.map { try marked.agency.start($0, as: "amy") }
            for (run, words) in zip(runs, lines) {
                let result = try run.wait()
                #expect(result.status == 75, "\(words)")
                expectSilent(result, words, "locked")
            }
        }
    }

    @Test(.enabled(if: SmallDisk.canMount, SmallDisk.skipped))
    func `a full disk and a read-only one make no command say a value of the record`() throws {
        let marked = try MarkedAgency()
        let (agency, disk) = try TestAgency.onSmallDisk(marked.agency)
        try agency.run(["overdue"], as: "amy")
        try disk.fill(leaving: 0)
        let lines = CommandTable.lines.filter { !["backup", "restore", "import"].contains($0.command) }
        var failed = 0
        for line in lines {
            let words = marked.words(line)
            let result = try agency.run(words, as: "amy")
            expectSilent(result, words, "full")
            if result.status != 0 { failed += 1 }
        }
        #expect(failed > 10)
        try disk.makeRoom()
        try disk.makeReadOnly()
        for line in lines {
            let words = marked.words(line)
            let result = try agency.run(words, as: "amy")
            #expect(result.status != 0, "\(words)")
            expectSilent(result, words, "read-only")
        }
    }

    @Test func `a crash says no value of the record`() throws {
        let marked = try MarkedAgency()
        let log = try #require(CommandTable.lines.first { $0.command == "visit log" })
        let words = marked.words(log) + ["--note", Self.marker]
        try StoredRows.locked(marked.agency) {
            for signal in [SIGSEGV, SIGABRT, SIGILL, SIGTERM] {
                let run = try marked.agency.start(words, as: "bea")
                usleep(300_000)
                run.kill(by: signal)
                let result = try run.wait()
                #expect(result.status != 0)
                expectSilent(result, words, "signal \(signal)")
            }
        }
    }
}
