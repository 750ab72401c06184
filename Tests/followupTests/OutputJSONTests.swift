import Reports
import CivilTime
import Foundation
import Testing

@testable import followup

struct OutputJSONTests {
    private static let columns = [
        Column("note", "Note"), Column("kind", "Kind"), Column("minutes", "Minutes"), Column("hours", "Hours"),
        Column("due_at", "Due"), Column("ends_on", "Ends"), Column("met", "Met"), Column("phone", "Phone"),
    ]

    private func written(_ rows: [[Cell]]) throws -> String {
        try OutputFixture.written { descriptor in
            let sink = OutputSink(descriptor: descriptor)
            let presentation = Presentation.plain(zone: try OutputFixture.newYork.get())
            let writer = try ListingWriter(Self.columns, as: .json, to: sink, presentation: presentation)
            for row in rows { try writer.append(row) }
            try writer.end(console: Console(quiet: true), whenEmpty: "nothing")
            try sink.finish()
        }
    }

    private func parsed(_ text: String) throws -> [[String: Any]] {
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    }

    @Test func `a list is an array with one object on a line, every key in order`() throws {
        let row: [Cell] = [
            .text("a\"\\b"), .code("first-contact"), .int(-7), .tenths(-5), .instant(OutputFixture.afternoon),
            .date(CivilDate(dayNumber: 0)), .bool(true), .null,
        ]
        let object =
            #"{"note":"a\"\\b","kind":"first-contact","minutes":-7,"hours":-0.5,"#
            + #""due_at":"2026-11-20T14:05:00-05:00","ends_on":"1970-01-01","met":true,"phone":null}"#
        #expect(try written([row, row]) == "[\n  \(object),\n  \(object)\n]\n")
    }

    @Test func `an empty list is an empty array, not nothing`() throws {
        #expect(try written([]) == "[]\n")
    }

    @Test func `another program reads back numbers, booleans and missing values as such`() throws {
        let row: [Cell] = [.null, .null, .int(.max), .tenths(455), .null, .null, .bool(false), .null]
        let object = try #require(try parsed(written([row])).first)
        #expect(object.count == Self.columns.count)
        #expect(object["minutes"] as? Int == .max)
        #expect(object["hours"] as? Double == 45.5)
        #expect(object["met"] as? Bool == false)
        #expect(object["phone"] is NSNull)
    }

    @Test func `any seeded text comes back the same from another parser, and holds no raw control`() throws {
        let seed: UInt64 = 42
        var generator = OutputFixture.Generator(seed: seed)
        let texts = (0..<3_000).map { _ in OutputFixture.troublesomeText(using: &generator) }
        let json = try written(texts.map { [.text($0), .code($0)] + Array(repeating: .null, count: 6) })
        let isSafe = !json.unicodeScalars.contains { VisibleText.isHidden($0) && $0 != "\n" }
        #expect(isSafe, "seed \(seed)")
        let objects = try parsed(json)
        #expect(objects.count == texts.count)
        for (text, object) in zip(texts, objects) {
            // Scalars, because Swift's == takes composed and decomposed text for the same.
            let note = try #require(object["note"] as? String)
            #expect(Array(note.unicodeScalars) == Array(text.unicodeScalars), "seed \(seed)")
            #expect(object["kind"] as? String == text, "seed \(seed)")
        }
    }

    @Test(arguments: [
        ("\u{0}", #""\u0000""#), ("\u{1F}", #""\u001f""#), ("\u{7F}", #""\u007f""#), ("\u{9F}", #""\u009f""#),
        ("\u{A0}", "\"\u{A0}\""), ("\u{2027}", "\"\u{2027}\""), ("\u{2028}", #""\u2028""#), ("\u{2029}", #""\u2029""#),
        ("\u{202E}", #""\u202e""#), ("\t\r\n", #""\t\r\n""#), ("/", #""/""#), ("👍", "\"👍\""),
    ])
    func `what a terminal or a script would trip over is escaped, and nothing else`(text: String, json: String) {
        var bytes: [UInt8] = []
        JSONText.append(text, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == json)
    }

    @Test func `a decimal keeps its sign and its digit`() {
        let pairs = [(0, "0.0"), (5, "0.5"), (-5, "-0.5"), (-10, "-1.0"), (-15, "-1.5"), (450, "45.0")]
        for (tenths, text) in pairs { #expect(Cell.decimal(tenths: tenths) == text) }
        #expect(Cell.decimal(tenths: .min) == "-922337203685477580.8")
    }
}
