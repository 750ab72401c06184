import CivilTime
import Testing

@testable import Reports

/// Rows that wait to be put in order come back as they went in, each as often.
struct PackedRowsTests {
    private func comesBack(_ rows: [[Cell]]) -> [[Cell]] {
        var packed = PackedRows()
        for row in rows { packed.append(row) }
        #expect(packed.count == rows.count)
        var back: [[Cell]] = []
        packed.forEachInOrder { back.append($0) }
        return back
    }

    @Test func `a cell of each kind comes back as it was`() {
        let row: [Cell] = [
            .text("naïve \u{1F469}\u{200D}\u{1F467}\0\u{1F}"), .text(""), .code("90+"), .code(""), .int(.min), .int(0),
            .tenths(-5), .tenths(.max), .instant(Instant(seconds: -1)), .instant(.distantFuture),
            .date(CivilDate(dayNumber: -1)), .bool(true), .bool(false), .null,
        ]
        #expect(comesBack([row]) == [row])
        #expect(comesBack([[], row, []]) == [[], [], row])
    }

    @Test func `the order depends on the rows alone, and equal rows stay as many`() {
        var random = SeededGenerator(seed: 7)
        // More than one block of a megabyte, and one row that is larger than a block.
        var rows = (0..<60_000).map { _ in
            [
                Cell.int(Int.random(in: 2020...2022, using: &random)),
                .code("x\(Int.random(in: 0..<40, using: &random))"), .null,
            ]
        }
        rows.append([.text(String(repeating: "long ", count: 300_000))])
        let one = comesBack(rows)
        #expect(one == comesBack(rows.shuffled(using: &random)))
        #expect(
            Dictionary(grouping: one, by: \.self).mapValues(\.count)
                == Dictionary(grouping: rows, by: \.self).mapValues(\.count)
        )
    }
}
