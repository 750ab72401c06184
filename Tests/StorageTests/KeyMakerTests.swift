import Storage
import Testing

/// The keys of two changes never meet, wherever each starts.
struct KeyMakerTests {
    private static let draws: [KeyMaker.Draw] = [{ $0.lowerBound }, { $0.upperBound - 1 }, { .random(in: $0) }]

    private func first(after sequence: Int64, _ draw: @escaping KeyMaker.Draw) -> Int64 {
        var keys = KeyMaker(after: sequence, drawing: draw)
        return keys.next()
    }

    @Test(arguments: [0, 1, 41, 1_000_000, 900_000_000])
    func `a later change starts above all keys that an earlier one can give out`(sequence: Int64) {
        for earlier in Self.draws {
            for later in Self.draws {
                let start = first(after: sequence, earlier)
                // Half of the ten digits is left to count up.
                #expect(first(after: sequence + 1, later) - start >= KeyMaker.keysOfChange / 2)
            }
        }
    }

    @Test func `a key begins with the number of the first entry of its change`() {
        for draw in Self.draws {
            var keys = KeyMaker(after: 41, drawing: draw)
            let given = (0..<1000).map { _ in keys.next() }
            #expect(given.allSatisfy { $0 / KeyMaker.keysOfChange == 42 })
            #expect(zip(given, given.dropFirst()).allSatisfy { $0 + 1 == $1 })
        }
    }

    @Test(arguments: [Int64.max, .max - 1, .min, -1, 922_337_201, 922_337_202, 922_337_203])
    func `whatever number a damaged audit ends with, keys are keys`(sequence: Int64) {
        for draw in Self.draws { #expect(first(after: sequence, draw) >= KeyMaker.keysOfChange) }
    }
}
