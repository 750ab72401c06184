import CivilTime
import CrisisCare
import Storage
import Testing

/// The results of settled episodes as bytes.
struct PackedResultsTests {
    private func unpacked(_ bytes: [UInt8]) throws -> SettledResults? {
        try PackedResults.settled(bytes.span)
    }

    /// Arbitrary; with the number of a round it is the seed that repeats it.
    private static let firstSeed: UInt64 = 9_000

    @Test func `what is packed is what comes out, the largest and the oddest numbers too`() throws {
        for seed in Self.firstSeed..<Self.firstSeed + 2_000 {
            var generator = SeededGenerator(seed: seed)
            let settled = Self.random(using: &generator)
            let bytes = PackedResults.bytes(settled)
            let result = try unpacked(bytes)
            #expect(result == settled, "seed \(seed): \(settled)")
            #expect(PackedResults.bytes(settled) == bytes, "seed \(seed)")
        }
    }

    @Test func `an outline is read alone from the instant on from which it is final`() throws {
        for seed in Self.firstSeed..<Self.firstSeed + 500 {
            var generator = SeededGenerator(seed: seed)
            let settled = Self.random(using: &generator)
            let bytes = PackedResults.bytes(settled)
            let outline = settled.results.outline
            #expect(try PackedResults.outline(bytes.span, asOf: settled.since) == outline, "seed \(seed)")
            #expect(try PackedResults.outline(bytes.span, asOf: .distantFuture) == outline, "seed \(seed)")
            guard settled.since > .distantPast else { continue }
            #expect(try PackedResults.outline(bytes.span, asOf: settled.since.adding(seconds: -1)) == nil)
        }
    }

    @Test func `bytes that end inside a number are an error, and another form is none of ours`() throws {
        var results = EpisodeResults(mode: .mobile)
        results.responseSeconds = 2_700
        let bytes = PackedResults.bytes(SettledResults(since: Instant(seconds: 1_790_000_000), results: results))
        for count in 0..<bytes.count {
            #expect(throws: DamagedResults.self, "\(count) bytes") { try unpacked(Array(bytes[..<count])) }
        }
        #expect(try unpacked([0] + bytes.dropFirst()) == nil)
        #expect(try unpacked([1]) == nil)
        // A number that never ends does not keep the reader.
        #expect(throws: DamagedResults.self) { try unpacked([2] + [UInt8](repeating: 255, count: 40)) }
    }

    private static func random(using generator: inout SeededGenerator) -> SettledResults {
        func flag() -> Bool { Bool.random(using: &generator) }
        func kept() -> Bool? { [true, false, nil][Int.random(in: 0..<3, using: &generator)] }
        func count() -> Int { [0, 1, 127, 128, 16_383, 16_384, Int.max][Int.random(in: 0..<7, using: &generator)] }
        func days() -> Int { [0, -1, 1, 63, 64, -64, -65, 400, 100_000][Int.random(in: 0..<9, using: &generator)] }
        var results = EpisodeResults(mode: ResponseMode.allCases[Int.random(in: 0..<3, using: &generator)])
        results.isReached = flag()
        results.responseSeconds = flag() ? count() : nil
        results.stay = days()
        results.outline.visits = count()
        results.outline.contacts = count()
        results.outline.attempts = count()
        results.outline.plans = count()
        results.outline.extensions = count()
        results.outline.referrals = count()
        results.outline.referralsConnected = count()
        results.outline.isWindowExtended = flag()
        results.outline.arrival = kept()
        results.deferredResponse = kept()
        results.firstContact = kept()
        results.safetyPlan = kept()
        results.closing = kept()
        results.reviews.kept = count()
        results.reviews.counted = count()
        results.referrals = (0..<Int.random(in: 0..<4, using: &generator)).map { _ in
            var referral = ReferralResult(service: flag() ? CodeID(6_000 + Int64(days().magnitude)) : nil)
            referral.answers.kept = count()
            referral.answers.counted = count()
            referral.daysToAnswer = flag() ? days() : nil
            referral.daysToAppointment = flag() ? days() : nil
            referral.isConnected = flag()
            return referral
        }
        let instants: [Instant] = [.distantPast, .distantFuture, Instant(seconds: -1), Instant(seconds: 1_790_000_000)]
        let since = instants[Int.random(in: 0..<4, using: &generator)]
        // Nothing happens after the last fact.
        func before() -> Instant? { flag() ? since.adding(seconds: -Int64(min(count(), 1 << 40))) : nil }
        results.outline.firstContactAt = before()
        results.outline.firstPlanAt = before()
        let day = CivilDate(dayNumber: Int(since.seconds / 86_400))
        results.outline.windowEndsOn = flag() ? day.adding(days: days()) : nil
        return SettledResults(since: since, results: results)
    }
}
