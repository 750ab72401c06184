import Foundation
import Testing

/// An entry that is broken off, at whichever question and in whichever way.
struct BrokenOffTests {
    enum End: CaseIterable {
        case interrupt, endOfInput, hangUp

        /// Ctrl-D ends a text of several lines without ending the entry.
        func isTaken(after answered: Int, texts: Set<Int>) -> Bool { self != .endOfInput || !texts.contains(answered) }
    }

    /// A command that asks, and answers to all of its questions but the last, which a yes saves.
    struct Entry: CustomTestStringConvertible {
        let words: [String]
        let answers: [String]
        /// Which of the questions, counted from 0, are texts of several lines.
        var texts: Set<Int> = []

        var testDescription: String { words.joined(separator: " ") }

        static let all = [
            Entry(words: ["visit", "log", "2025-00001", "--at", "2025-06-03T10:00"], answers: ["phone", "youth"]),
            Entry(
                words: ["visit", "log", "2025-00001", "--at", "2025-06-03T11:00"],
                answers: ["phone", "youth", "e", "She is well.", "."],
                texts: [3, 4]
            ),
            Entry(
                words: ["episode", "close", "2025-00001", "--override", "moved", "--as", "sue"],
                answers: ["family moved"]
            ),
        ]
    }

    /// Everything the home holds but the database itself, in folders too.
    private func leftovers(_ agency: TestAgency) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: agency.home).filter {
            !$0.hasPrefix("followup.db") && $0 != "tmp"
        }
    }

    @Test(arguments: Entry.all, End.allCases)
    func `pitfall 30 an entry broken off at any question leaves nothing, and keeps nobody from the database`(
        _ entry: Entry,
        _ end: End
    ) throws {
        let agency = try TestAgency.sealed()
        _ = try agency.arrivedCase()
        let folder = agency.home + "/tmp"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let environment = agency.environment().merging(["TMPDIR": folder]) { $1 }
        let before = try StoredRows.counts(agency)
        for answered in 0...entry.answers.count where end.isTaken(after: answered, texts: entry.texts) {
            let terminal = try TalkingTerminal(entry.words, environment: environment)
            for answer in entry.answers.prefix(answered) { try terminal.answer(answer) }
            switch end {
            case .interrupt: try terminal.answer(TalkingTerminal.interrupt)
            case .endOfInput: try terminal.answer(TalkingTerminal.endOfInput)
            case .hangUp:
                try terminal.waitForQuestion()
                terminal.hangUp()
            }
            let result = try terminal.finish()
            let what = "\(end) at question \(answered): \(result.screen)"
            #expect(result.status != 0 && result.stdout.isEmpty, "\(what)")
            #expect(try StoredRows.counts(agency) == before, "\(what)")
            #expect(try leftovers(agency).isEmpty, "\(what)")
        }
        // Who comes after finds a sound database that nobody holds.
        try agency.expectSound()
        let next = try agency.run(["visit", "log", "2025-00001", "--mode", "phone", "--with", "youth"])
        #expect(next.status == 1 && next.stderr.hasPrefix("refused [window-closed]"), "\(next.stderr)")
    }

    @Test func `what is answered to the end is kept, so that breaking off is what keeps it out`() throws {
        for entry in Entry.all {
            let agency = try TestAgency()
            _ = try agency.arrivedCase()
            let before = try StoredRows.counts(agency)
            let terminal = try TalkingTerminal(entry.words, environment: agency.environment())
            for answer in entry.answers + ["y"] { try terminal.answer(answer) }
            let result = try terminal.finish()
            #expect(result.status == 0, "\(entry.testDescription): \(result.screen)")
            #expect(try StoredRows.counts(agency) != before)
        }
    }

    @Test func `a code is chosen by its number, its first letters or its name, and an empty line takes the default`()
        throws
    {
        for answers in [["2", "1", ""], ["ph", "y", "c", "co"], ["phone", "youth", "completed"]] {
            let agency = try TestAgency()
            _ = try agency.arrivedCase()
            let words = ["visit", "log", "2025-00001", "--at", "2025-06-03T10:00", "--note", "x"]
            let terminal = try TalkingTerminal(words, environment: agency.environment())
            for answer in answers { try terminal.answer(answer) }
            let done = try terminal.finish()
            #expect(done.status == 0, "\(done.screen)")
            // The default stands in brackets, and the summary shows what was chosen.
            #expect(done.screen.contains("Result [completed]: ") && done.screen.contains("  Mode: phone\r\n"))
            let list = try agency.run(["visit", "list", "2025-00001", "--format", "csv"]).stdout
            #expect(list.contains(",phone,completed,youth,"), "\(list)")
        }
    }
}
