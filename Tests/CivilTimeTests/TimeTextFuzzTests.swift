import Testing

@testable import CivilTime

struct TimeTextFuzzTests {
    @Test(arguments: [newYorkName, "Pacific/Apia", "Australia/Lord_Howe"], [UInt64(1), 2])
    func `whatever is accepted reads back, and nothing stops the parser`(name: String, seed: UInt64) throws {
        let zone = try Zone(named: name)
        var generator = SeededGenerator(seed: seed)
        var accepted = 0
        for round in 0..<60_000 {
            let bytes = randomText(&generator)
            guard let instant = try? zone.parse(utf8: bytes.span) else { continue }
            accepted += 1
            let written = zone.rfc3339(instant)
            let isKept = (try? zone.parse(written, now: .distantPast)) == instant
            // With an offset in the text, only the instant is kept; without one, what the clock shows.
            let hasOffset = bytes.count > 19 || bytes.last == UInt8(ascii: "Z") || bytes.last == UInt8(ascii: "z")
            let isSame = hasOffset || isPrefix(bytes, of: clock(zone.local(instant)))
            guard isKept, isSame else {
                Issue.record("seed \(seed), round \(round)")
                return
            }
        }
        // Else the generator makes nothing but rubbish and the test proves nothing.
        #expect(accepted > 5_000)
    }

    @Test func `dates from seeded bytes read back or are refused`() throws {
        let zone = try Zone(named: "UTC")
        let seed: UInt64 = 3
        var generator = SeededGenerator(seed: seed)
        var accepted = 0
        for round in 0..<60_000 {
            let bytes = Array(randomText(&generator).prefix(Int.random(in: 8...12, using: &generator)))
            let text = String(decoding: bytes, as: UTF8.self)
            if let date = CivilDate(utf8: bytes.span) {
                accepted += 1
                guard date.description == text else {
                    Issue.record("seed \(seed), round \(round)")
                    return
                }
            }
            _ = try? zone.parseDate(text, today: .earliest)
        }
        #expect(accepted > 1_000)
    }

    /// A well-formed time of any year, then up to three bytes changed, taken away or added.
    private func randomText(_ generator: inout SeededGenerator) -> [UInt8] {
        func two(_ range: ClosedRange<Int>) -> String {
            let number = Int.random(in: range, using: &generator)
            return number < 10 ? "0\(number)" : "\(number)"
        }
        var text = "\(two(0...99))\(two(0...99))-\(two(0...13))-\(two(0...32))"
        text += Bool.random(using: &generator) ? "T" : " "
        text += "\(two(0...24)):\(two(0...60))"
        if Bool.random(using: &generator) { text += ":\(two(0...60))" }
        switch Int.random(in: 0...3, using: &generator) {
        case 0: text += "Z"
        case 1: text += "-\(two(0...24)):\(two(0...60))"
        case 2: text += "+\(two(0...24)):\(two(0...60))"
        default: break
        }
        var bytes = Array(text.utf8)
        for _ in 0..<max(0, Int.random(in: -3...3, using: &generator)) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0...2, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: index)
            default: bytes.insert(UInt8.random(in: 32...122, using: &generator), at: index)
            }
        }
        return bytes
    }

    private func clock(_ local: LocalTime) -> String {
        let parts = [local.hour, local.minute, local.second].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(local.date)T" + parts.joined(separator: ":")
    }

    /// Whether the local text, with a T for what stands in its place, begins the written one.
    private func isPrefix(_ bytes: [UInt8], of written: String) -> Bool {
        var normal = bytes
        if normal.count > 10 { normal[10] = UInt8(ascii: "T") }
        return Array(written.utf8).starts(with: normal)
    }
}
