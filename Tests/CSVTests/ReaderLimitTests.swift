import CSV
import Testing

@Suite struct ReaderLimitTests {
    @Test(arguments: [1, 7, 1_000]) func `a cell as long as the limit is accepted and one byte more is not`(
        _ block: Int
    ) {
        let limits = CSVLimits(cellBytes: 10, blockBytes: block)
        let fits = String(repeating: "x", count: 10)
        #expect(Reading("a,b\n1,\(fits)\n", columns: ["a", "b"], limits: limits).rows == [["1", fits]])
        let expected = CSVError(file: "visits.csv", line: 2, column: 3, reason: .cellTooLong(limit: 10))
        #expect(Reading("a,b\n1,\(fits)x\n", columns: ["a", "b"], limits: limits).error == expected)
        // The quotes count.
        #expect(Reading("a,b\n1,\"12345678\"\n", columns: ["a", "b"], limits: limits).error == nil)
        #expect(Reading("a,b\n1,\"123456789\"\n", columns: ["a", "b"], limits: limits).error == expected)
        #expect(Reading("a,b\n1,\"1234567\"\"\"\n", columns: ["a", "b"], limits: limits).error == expected)
    }

    @Test(arguments: [1, 7, 1_000]) func `a record as long as the limit is accepted and one byte more is not`(
        _ block: Int
    ) {
        let limits = CSVLimits(cellBytes: 10, recordBytes: 12, blockBytes: block)
        #expect(Reading("a,b\n12345,123456\r\n", columns: ["a", "b"], limits: limits).error == nil)
        let expected = CSVError(file: "visits.csv", line: 2, column: 1, reason: .recordTooLong(limit: 12))
        #expect(Reading("a,b\n12345,1234567\r\n", columns: ["a", "b"], limits: limits).error == expected)
    }

    @Test func `an unclosed quote in a large file is refused before it fills the memory`() {
        let text = "a,b\n1,\"" + String(repeating: "2,3\n", count: 1 << 19)
        let error = Reading(text, columns: ["a", "b"]).error
        #expect(error == CSVError(file: "visits.csv", line: 2, column: 3, reason: .cellTooLong(limit: 1 << 20)))
        #expect(error?.description.contains("quote that is not closed") == true)
    }

    @Test func `the standard limits are a megabyte a cell, four a record and a thousand columns`() {
        #expect(CSVLimits.standard.cellBytes == 1_048_576)
        #expect(CSVLimits.standard.recordBytes == 4_194_304)
        #expect(CSVLimits.standard.columns == 1_000)
        let megabyte = String(repeating: "x", count: 1_048_576)
        let reading = Reading("a,b\n\(megabyte),1\n", columns: ["a", "b"])
        #expect(reading.error == nil)
        #expect(reading.records.first?.cells.map(\.utf8.count) == [1_048_576, 1])
    }
}
