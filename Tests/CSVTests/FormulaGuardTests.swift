import CSV
import Testing

@Suite struct FormulaGuardTests {
    static let dangerous = [
        "=1+1", "+1", "-5*5", "@x", "|cmd", "＝1", "＋1", "－1", "＠x", "｜x", "-", "=",
        " =1", "\t=1", "\r=1", "\n=1", "\r\n=1", "\u{FEFF}=1", "'=1", "''=1", " ' =1", "\u{FEFF} '\t\u{FEFF}＝1",
        "\tx", "\rx", "\t", "\r", "'\tx", "''\rx",
    ]
    static let harmless = [
        "", "x", "1", "1-1", "a=b", "'tis", "'", "''", " ", " x", "\nx", "\n", "\u{FEFF}", "\u{FEFF}x", " \tx", "' \tx",
        "＂=1", "é=1", "\u{2212}1", "\u{FF0C}", "\u{FF1C}", "\u{FF1E}", "\u{FF0A}", "\u{FF0E}", "\u{FF1F}", "\u{FF21}",
        "\u{FF5B}", "\u{FF5D}", "#x", "%1", "\"=1\"",
    ]

    @Test(arguments: dangerous)
    func `pitfall 16 a text that a spreadsheet may run gets one apostrophe, and loses it again`(_ text: String) {
        #expect(Self.needsGuard(Array(text.utf8)))
        #expect(FormulaGuard.guarded(text).unicodeScalars.elementsEqual(("'" + text).unicodeScalars))
        #expect(FormulaGuard.unguarded("'" + text).unicodeScalars.elementsEqual(text.unicodeScalars))
    }

    @Test(arguments: harmless) func `any other text is left alone both ways`(_ text: String) {
        #expect(!Self.needsGuard(Array(text.utf8)))
        #expect(FormulaGuard.guarded(text) == text)
        #expect(FormulaGuard.unguarded(text) == text)
        #expect(FormulaGuard.unguarded("'" + text) == "'" + text)
    }

    @Test(arguments: [[0xEF], [0xEF, 0xBC], [0xEF, 0xBB], [0x27, 0xEF, 0xBD], [0xFF], [0x20, 0x80]] as [[UInt8]])
    func `bytes cut short are harmless and do not stop it`(_ bytes: [UInt8]) {
        #expect(!Self.needsGuard(bytes))
    }

    private static let pieces: [[UInt8]] = [
        [0x27], [0x27], [0x20], [0x09], [0x0D], [0x0A], [0xEF, 0xBB, 0xBF], [0xEF], [0xBB], [0xBC], [0x9D],
        [0x3D], [0x2B], [0x2D], [0x40], [0x7C], [0xEF, 0xBC, 0x9D], [0xEF, 0xBD, 0x9C], [0x78], [0x00], [0xC3, 0xA9],
    ]

    /// The guard's promise written as a scan over characters: is there a formula behind what a spreadsheet skips?
    private static func isNeutral(_ bytes: [UInt8]) -> Bool {
        let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
        guard let first = scalars.first else { return true }
        if first == "'" { return true }
        if first == "\t" || first == "\r" { return false }
        let rest = scalars.drop { "' \t\r\n\u{FEFF}".unicodeScalars.contains($0) }
        return rest.first.map { !"=+-@|＝＋－＠｜".unicodeScalars.contains($0) } ?? true
    }

    // A macro cannot look into an expression that holds a span.
    private static func needsGuard(_ bytes: [UInt8]) -> Bool {
        FormulaGuard.needsGuard(bytes.span)
    }

    private static func guarded(_ bytes: [UInt8]) -> [UInt8] {
        needsGuard(bytes) ? [0x27] + bytes : bytes
    }

    private static func unguarded(_ bytes: [UInt8]) -> [UInt8] {
        FormulaGuard.isGuarded(bytes.span) ? Array(bytes.dropFirst()) : bytes
    }

    @Test func `any bytes come back, are neutral once guarded, and are guarded at most once`() {
        let seed: UInt64 = 2_022
        var generator = SeededGenerator(seed: seed)
        var guardedCount = 0
        for round in 0..<100_000 {
            let text = (0..<Int.random(in: 0...6, using: &generator)).flatMap { _ in generator.pick(Self.pieces) }
            let guarded = Self.guarded(text)
            if guarded != text { guardedCount += 1 }
            guard Self.unguarded(guarded) == text, Self.isNeutral(guarded), guarded.count <= text.count + 1 else {
                Issue.record("seed \(seed) round \(round): \(text)")
                return
            }
        }
        #expect((10_000...90_000).contains(guardedCount))
    }

    @Test func `every text of up to three of the bytes that matter comes back`() {
        var texts: [[UInt8]] = [[]]
        var longest: [[UInt8]] = [[]]
        for _ in 0..<3 {
            longest = longest.flatMap { text in Self.pieces.dropFirst().map { text + $0 } }
            texts += longest
        }
        let wrong = texts.first { Self.unguarded(Self.guarded($0)) != $0 || !Self.isNeutral(Self.guarded($0)) }
        #expect(wrong == nil)
        #expect(texts.count == 8_421)
    }
}
