import CSV
import Foundation
import Testing

/// The reader against a second one that was written without it, on files that chance has damaged.
///
/// `FOLLOWUP_FUZZ=10` makes ten times as many (over 200,000), `FOLLOWUP_FUZZ_SEED` other ones.
@Suite struct ReaderModelTests {
    private static let columns = ["a", "b", "c"]
    private static let factor = environment("FOLLOWUP_FUZZ") ?? 1
    private static let firstSeed = UInt64(environment("FOLLOWUP_FUZZ_SEED") ?? 1)
    private static let seeds: [String] = [
        "a,b,c\r\n1,2,3\r\n",
        "\u{FEFF}c,a,b\n\"x\"\"y\",\"1\r\n2\",\n\n,,\n",
        "a,b,c\né,€,😀\n\"é\n\",\"€\",\"😀\"\r\n",
        "\"a\",\"b\",\"c\"\n'=1,\"\t2\", 3 \n4,5,6",
        "a,b,c\n\"\",\"\"\"\",\"\"\"\"\"\"\n",
    ]
    private static let pieces: [[UInt8]] = [
        [0x22], [0x22], [0x22], [0x22, 0x22], [0x2C], [0x2C], [0x0A], [0x0A], [0x0D, 0x0A], [0x0D], [0x00],
        [0x61], [0x62], [0x63], [0x20], [0x27], [0xC3, 0xA9], [0xE2, 0x82, 0xAC], [0xF0, 0x9F, 0x98, 0x80],
        [0xEF, 0xBB, 0xBF], [0xEF], [0xC0], [0xC3], [0x80], [0xED, 0xA0, 0x80], [0xE0, 0x80], [0xF4, 0x90], [0xFF],
    ]

    private static func environment(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init)
    }

    private static func damaged(_ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(generator.pick(seeds).utf8)
        for _ in 0..<Int.random(in: 0...5, using: &generator) {
            let start = Int.random(in: 0...bytes.count, using: &generator)
            let end = generator.chance(2) ? start : min(bytes.count, start + Int.random(in: 0...3, using: &generator))
            bytes.replaceSubrange(start..<end, with: generator.chance(4) ? [] : generator.pick(pieces))
        }
        return bytes
    }

    private static func compare(seed: UInt64, count: Int, limits: (inout SeededGenerator) -> CSVLimits) -> Int {
        var generator = SeededGenerator(seed: seed)
        var accepted = 0
        for round in 0..<count {
            let bytes = damaged(&generator)
            let limits = limits(&generator)
            let reading = Reading(bytes, columns: columns, limits: limits)
            let model = NaiveReader.read(bytes, columns: columns, limits: limits)
            if reading != model {
                Issue.record("seed \(seed) round \(round) \(bytes) block \(limits.blockBytes): \(reading) not \(model)")
                return accepted
            }
            if reading.error == nil { accepted += 1 }
        }
        return accepted
    }

    @Test(arguments: firstSeed..<firstSeed + 8)
    func `on damaged files it says what a plain reader says, whatever the block size`(_ seed: UInt64) {
        let accepted = Self.compare(seed: seed, count: 2_500 * Self.factor) { generator in
            CSVLimits(blockBytes: generator.pick([1, 2, 3, 7, 64]))
        }
        // Files that are all refused, or all accepted, would prove little.
        #expect((250 * Self.factor...2_250 * Self.factor).contains(accepted))
    }

    @Test func `under narrow limits it says what a plain reader says, whatever the block size`() {
        let accepted = Self.compare(seed: 99 + Self.firstSeed, count: 5_000 * Self.factor) { generator in
            CSVLimits(
                cellBytes: Int.random(in: 1...9, using: &generator),
                recordBytes: Int.random(in: 5...20, using: &generator),
                columns: Int.random(in: 2...4, using: &generator),
                blockBytes: generator.pick([1, 2, 3, 7, 64])
            )
        }
        #expect((50 * Self.factor...4_950 * Self.factor).contains(accepted))
    }

    @Test func `bytes of pure chance never stop it`() {
        var generator = SeededGenerator(seed: Self.firstSeed)
        for round in 0..<2_000 * Self.factor {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: .min ... .max, using: &generator)
            }
            let reading = Reading(Array("a\n".utf8) + bytes, columns: ["a"], limits: .blocks(of: 3))
            let model = NaiveReader.read(Array("a\n".utf8) + bytes, columns: ["a"])
            #expect(reading == model, "seed \(Self.firstSeed) round \(round) \(bytes)")
        }
    }
}
