import Testing

@testable import followup

struct OutputWrapTests {
    @Test(arguments: [
        ("", 5, [""]), ("abcde", 5, ["abcde"]), ("abcdef", 5, ["abcde", "f"]), ("ab cd", 5, ["ab cd"]),
        ("ab cde", 5, ["ab", "cde"]), ("ab  c", 5, ["ab  c"]), ("ab    cd", 5, ["ab cd"]), ("      ", 5, [""]),
        ("abcdefgh ij", 5, ["abcde", "fgh", "ij"]), ("a bcdefgh", 5, ["a", "bcdef", "gh"]),
        ("山田山田", 5, ["山田", "山田"]), ("山田山田", 4, ["山田", "山田"]), ("山田", 1, ["山", "田"]),
        ("e\u{301}e\u{301}e\u{301}", 2, ["e\u{301}e\u{301}", "e\u{301}"]), ("👨‍👩‍👧👨‍👩‍👧", 3, ["👨‍👩‍👧", "👨‍👩‍👧"]),
    ])
    func `text is broken at spaces, and inside a word only where it must be`(
        text: String,
        width: Int,
        lines: [String]
    ) {
        #expect(TextWrap.lines(text, width: width) == lines)
    }

    @Test func `columns keep their natural widths where they fit, to the last column`() {
        #expect(TableLayout.widths(natural: [5, 10], least: [1, 1], available: 17) == [5, 10])
        #expect(TableLayout.widths(natural: [5, 10], least: [1, 1], available: 16) == [5, 9])
    }

    @Test func `the widest give way first, none below what it needs, and none grows`() {
        #expect(TableLayout.widths(natural: [3, 30, 30], least: [3, 4, 20], available: 37) == [3, 10, 20])
        #expect(TableLayout.widths(natural: [4, 9, 9], least: [1, 1, 1], available: 21) == [4, 7, 6])
        #expect(TableLayout.widths(natural: [9, 2, 9], least: [1, 1, 1], available: 19) == [7, 2, 6])
    }

    @Test func `there are no widths where the least do not fit`() {
        #expect(TableLayout.widths(natural: [9, 9], least: [4, 4], available: 10) == [4, 4])
        #expect(TableLayout.widths(natural: [9, 9], least: [4, 4], available: 9) == nil)
    }

    @Test func `any seeded layout fits, wastes nothing, and stays between least and natural`() {
        let seed: UInt64 = 7
        var generator = OutputFixture.Generator(seed: seed)
        for round in 0..<2_000 {
            let count = Int.random(in: 1...8, using: &generator)
            let natural = (0..<count).map { _ in Int.random(in: 0...40, using: &generator) }
            let least = natural.map { Int.random(in: 0...$0, using: &generator) }
            let available = Int.random(in: 0...200, using: &generator)
            let room = available - TableLayout.gap * (count - 1)
            let widths = TableLayout.widths(natural: natural, least: least, available: available)
            guard let widths else {
                #expect(least.reduce(0, +) > room, "seed \(seed), round \(round)")
                continue
            }
            let isBetween = widths.indices.allSatisfy { least[$0] <= widths[$0] && widths[$0] <= natural[$0] }
            #expect(isBetween, "seed \(seed), round \(round)")
            let expected = min(room, natural.reduce(0, +))
            #expect(widths.reduce(0, +) == expected, "seed \(seed), round \(round)")
        }
    }
}
