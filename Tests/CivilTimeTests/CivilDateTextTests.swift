import Testing

@testable import CivilTime

struct CivilDateTextTests {
    @Test func `what is written reads back`() throws {
        for number in stride(from: CivilDate.earliest.dayNumber, through: CivilDate.latest.dayNumber, by: 97) {
            let date = CivilDate(dayNumber: number)
            #expect(CivilDate(date.description) == date)
        }
    }

    @Test func `a date has four digits of year, two of month, two of day`() throws {
        #expect(try #require(CivilDate(year: 7, month: 3, day: 9)).description == "0007-03-09")
        #expect(CivilDate(dayNumber: 0).description == "1970-01-01")
        #expect(CivilDate(dayNumber: -1).description == "1969-12-31")
    }

    @Test func `bytes are appended after what is there`() throws {
        var bytes = Array("on ".utf8)
        try day("2026-11-20").appendText(to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "on 2026-11-20")
    }

    @Test(arguments: malformedDates)
    func `a text that is not exactly a date is refused`(text: String) {
        #expect(CivilDate(text) == nil)
        #expect(CivilDate(utf8: Array(text.utf8).span) == nil)
        #expect(CivilDate(text[...]) == nil)
    }
}

let malformedDates = [
    "", " ", "2026", "2026-11", "2026-11-", "2026-11-2", "2026-1-20", "26-11-20", "2026-11-020", "02026-11-20",
    "2026-11-20 ", " 2026-11-20", "2026-11-20T", "2026-11-20\n", "2026-11-20\0", "2026/11/20", "2026.11.20",
    "2026:11:20", "20261120", "20-11-2026", "11/20/2026", "2026-02-29", "2026-02-30", "2026-04-31", "2026-00-10",
    "2026-13-10", "2026-10-00", "2026-10-32", "0000-01-01", "-001-01-01", "+026-11-20", "-2026-11-20", "2026--1-20",
    "2026-11--1", "2026-+1-20", "2026-11-2O", "2O26-11-20", "２０２６-１１-２０", "2026-11-２0", "٢٠٢٦-11-20",
    "2026‑11‑20", "2026–11–20", "2026-W47-5", "2026-324", "today", "now", "é26-11-20", "202\u{0}-11-20",
]
