import Testing

@testable import CrisisCare

/// The year of the call and a counter of at least five digits; sorted by number, not as text.
@Suite struct CaseNumberTests {
    @Test(arguments: ["2026-00001", "2026-00042", "2026-99999", "2026-100000", "1999-12345", "2026-999999999"])
    func `a case number reads back as it was written`(text: String) {
        #expect(CaseNumber(text)?.description == text)
    }

    @Test(arguments: [
        "", "2026", "2026-", "2026-0042", "2026-00000", "2026-000042", "2026-010000", "2026-1000000000", "026-00042",
        "0026-00042", "2026-00042 ", " 2026-00042", "2026-0004a", "2026--0042", "2026-00042-1", "2026-+0042",
        "２０２６-00042",
    ])
    func `anything else is no case number`(text: String) {
        #expect(CaseNumber(text) == nil)
    }

    @Test func `a counter alone is a case of the year, and nothing else is a counter`() {
        for text in ["8", "08", "00008", "000000008"] {
            #expect(CaseNumber(short: text, year: 2026)?.description == "2026-00008")
        }
        #expect(CaseNumber(short: "123456", year: 2026)?.description == "2026-123456")
        for text in ["", "0", "00000", "0000000008", "8a", " 8", "-8", "+8", "８", "2026-00008"] {
            #expect(CaseNumber(short: text, year: 2026) == nil)
        }
    }

    @Test func `numbers sort by year, then by counter, past five digits too`() throws {
        let texts = ["2025-99999", "2025-100000", "2026-00001", "2026-00010", "2026-99999", "2026-100000"]
        let numbers = try texts.map { try #require(CaseNumber($0)) }
        #expect(Array(numbers.reversed()).sorted() == numbers)
        #expect(numbers[1].year == 2025)
        #expect(numbers[1].counter == 100_000)
        #expect(CaseNumber(year: 2026, counter: 42).description == "2026-00042")
        #expect(CaseNumber(order: numbers[3].order) == numbers[3])
    }
}
