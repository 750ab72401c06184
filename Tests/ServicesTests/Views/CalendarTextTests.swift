import Foundation
import Testing

@testable import Reports

/// The lines of a calendar file: RFC 5545 section 3.1.
struct CalendarTextTests {
    private func line(_ name: String, _ value: String) -> [UInt8] {
        var text = CalendarText()
        text.text(name, value)
        return text.bytes
    }

    @Test func `a line of 75 octets is whole, one of 76 goes on in the next after a space`() {
        for (length, lines) in [(66, 1), (67, 1), (68, 2), (141, 2), (142, 3)] {
            // The name and its colon are eight octets.
            let text = String(decoding: line("SUMMARY", String(repeating: "x", count: length)), as: UTF8.self)
            #expect(text.components(separatedBy: "\r\n").count == lines + 1, "\(length)")
            #expect(text.replacing("\r\n ", with: "").utf8.count == 8 + length + 2)
        }
    }

    @Test func `no character is broken in two, and what was folded reads as it was written`() throws {
        for padding in 0..<80 {
            let value = String(repeating: "x", count: padding) + String(repeating: "é山😀", count: 30)
            let bytes = line("SUMMARY", value)
            for part in Data(bytes).split(separator: 10) {
                #expect(part.count <= 76 && part.last == 13, "\(padding)")
                #expect(String(validating: part, as: UTF8.self) != nil, "\(padding)")
            }
            #expect(String(decoding: bytes, as: UTF8.self).replacing("\r\n ", with: "") == "SUMMARY:\(value)\r\n")
        }
    }

    @Test func `what has a meaning in a value is escaped, and every kind of line end is one`() {
        let text = String(decoding: line("SUMMARY", "a\\b;c,d\ne\r\nf\rg:h"), as: UTF8.self)
        #expect(text == "SUMMARY:a\\\\b\\;c\\,d\\ne\\nf\\ng:h\r\n")
    }
}
