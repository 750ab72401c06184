import Foundation
import Testing

@testable import followup

/// Names and notes from an option, the standard input or a file.
struct NoteTests {
    private func log(_ agency: TestAgency, _ number: String, _ extra: [String], stdin: Data = Data()) throws
        -> CommandLineTool.Result
    {
        let words = ["visit", "log", number, "--mode", "phone", "--with", "youth", "--at", "2025-06-03T10:00"]
        return try CommandLineTool.run(words + extra, stdin: stdin, environment: agency.environment())
    }

    @Test func `a note is kept as it was written, from wherever it comes`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let note = "  Zoë said: \"=1+1\"\n\ttab, comma\r\n\nlast"
        let file = agency.home + "/note.txt"
        try Data(note.utf8).write(to: URL(filePath: file))
        #expect(try log(agency, number, ["--note", note]).status == 0)
        #expect(try log(agency, number, ["--note", "-"], stdin: Data(note.utf8)).status == 0)
        #expect(try log(agency, number, ["--note-file", file]).status == 0)
        #expect(try log(agency, number, ["--note=--looks-like-an-option"]).status == 0)
        #expect(try StoredRows.notes(agency).sorted() == [note, note, note, "--looks-like-an-option"].sorted())
    }

    @Test(arguments: [
        ("a\n", "a"), ("a\n\n", "a\n"), ("a\r\n", "a"), ("a\r\n\r\n", "a\r\n"), ("a", "a"), ("\n", ""), ("", ""),
        ("a \n", "a "),
    ])
    func `one line end at the end is taken away`(bytes: String, note: String) throws {
        #expect(try TextSource.noteText(Array(bytes.utf8), "it") == note)
    }

    @Test(arguments: [[0xE9], [0x61, 0x00, 0x62], [0xC3], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func `bytes that are no text are refused and nothing is saved`(bytes: [UInt8]) throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let result = try log(agency, number, ["--note", "-"], stdin: Data(bytes))
        #expect(result.status == 65)
        #expect(try StoredRows.counts(agency)["visit"] == 0)
    }

    @Test func `a note too long for the program or the database is refused`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let long = try log(agency, number, ["--note", "-"], stdin: Data(repeating: 0x61, count: 1_048_577))
        #expect(long.status == 65)
        let longer = try log(agency, number, ["--note", "-"], stdin: Data(repeating: 0x61, count: 100_001))
        #expect(longer.status == 64)
        #expect(longer.stderr.contains("100000 characters"))
        #expect(try StoredRows.counts(agency)["visit"] == 0)
        #expect(try log(agency, number, ["--note", "-"], stdin: Data(repeating: 0x61, count: 100_000)).status == 0)
    }

    @Test func `a note's file that is missing, and two sources at once, are refused`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        #expect(try log(agency, number, ["--note-file", agency.home + "/nothing"]).status == 66)
        #expect(try log(agency, number, ["--note-file", agency.home]).status == 74)
        #expect(try log(agency, number, ["--note", "a", "--note-file", agency.home]).status == 64)
    }

    @Test func `names come from the standard input, a line for each hyphen`() throws {
        let agency = try TestAgency()
        let words = [
            "episode", "open", "--call", "2025-06-02T11:30", "--mode", "mobile", "--town", "Hartford",
            "--referral-source", "school", "--presenting-problem", "anxiety", "--first-name", "-", "--last-name", "-",
            "--caregiver-name", "Given", "--caregiver-phone", "-",
        ]
        let short = try agency.run(words, stdin: "Zoë\nÅngström\n")
        #expect(short.status == 64)
        #expect(short.stderr.contains("--caregiver-phone"))
        let result = try agency.run(words, stdin: "Zoë\r\nÅngström-O'Neil\n860 555 0100")
        #expect(result.status == 0, "\(result.stderr)")
        #expect(try StoredRows.names(agency) == ["Zoë", "Ångström-O'Neil", "Given", "860 555 0100"])
    }
}
