import CSV
import Testing

@Suite struct ReaderHeaderTests {
    private static func refusal(_ text: String, _ columns: [String], optional: [String] = []) -> CSVError? {
        var reader = CSVReader(bytes: Array(text.utf8), name: "visits.csv")
        do {
            try reader.readHeader(columns: columns, optional: optional)
            return nil
        } catch {
            return error
        }
    }

    @Test func `all missing columns are named at once, in the order asked for`() {
        let error = Self.refusal("mode\n", ["case_ref", "at", "mode", "note"])
        #expect(error?.reason == .missingColumns(["case_ref", "at", "note"]))
        #expect(error?.line == 1)
        #expect(error?.description.contains("case_ref, at, note") == true)
    }

    @Test func `a repeated column is refused at its second place`() {
        let error = Self.refusal("at,mode,at\n", ["at", "mode"])
        #expect(error == CSVError(file: "visits.csv", line: 1, column: 9, reason: .repeatedColumn("at")))
    }

    @Test func `an unknown column is refused at its place, with what is missing`() {
        let error = Self.refusal("at,Mode\n", ["at", "mode"])
        #expect(error == CSVError(file: "visits.csv", line: 1, column: 4, reason: .unknownColumn(missing: ["mode"])))
    }

    @Test(arguments: ["at,mode,\n", "at,mode,extra\n", " at,mode\n", "at,mode \n", "AT,mode\n"])
    func `a column that is not exactly known is refused`(_ text: String) {
        guard case .unknownColumn = Self.refusal(text, ["at", "mode"])?.reason else {
            Issue.record("accepted")
            return
        }
    }

    @Test func `an optional column may be there or not`() throws {
        var with = CSVReader(bytes: Array("reason,at\nlate,2022\n".utf8), name: "visits.csv")
        try with.readHeader(columns: ["at"], optional: ["line", "reason"])
        #expect(try with.next())
        #expect([with.hasColumn(0), with.hasColumn(1), with.hasColumn(2)] == [true, false, true])
        #expect([with.text(0), with.text(1), with.text(2)] == ["2022", "", "late"])
        #expect([with.isEmpty(0), with.isEmpty(1), with.isEmpty(2)] == [false, true, false])
        #expect(with.location(of: 1) == CSVLocation(file: "visits.csv", line: 2, column: 1, header: "line"))

        var without = CSVReader(bytes: Array("at\n2022\n".utf8), name: "visits.csv")
        try without.readHeader(columns: ["at"], optional: ["line", "reason"])
        #expect(try without.next())
        #expect([without.text(0), without.text(1), without.text(2)] == ["2022", "", ""])
    }

    @Test func `an optional column is neither missing nor may it stand twice`() {
        #expect(Self.refusal("at\n", ["at"], optional: ["line"]) == nil)
        #expect(Self.refusal("x\n", ["at"], optional: ["line"])?.reason == .unknownColumn(missing: ["at"]))
        #expect(Self.refusal("line,at,line\n", ["at"], optional: ["line"])?.reason == .repeatedColumn("line"))
    }

    @Test func `a header of more columns than the limit is refused`() {
        let limits = CSVLimits(columns: 2)
        #expect(Reading("a,b\n1,2\n", columns: ["a", "b"], limits: limits).error == nil)
        let error = Reading("a,b,c\n", columns: ["a", "b", "c"], limits: limits).error
        #expect(error == CSVError(file: "visits.csv", line: 1, column: 5, reason: .tooManyColumns(limit: 2)))
    }
}
