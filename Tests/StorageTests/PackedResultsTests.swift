import CivilTime
import CrisisCare
import Storage
import Testing

/// The results of settled episodes as bytes.
struct PackedResultsTests {
    private func unpacked(_ bytes: [UInt8]) throws -> SettledResults? {
        try PackedResults.settled(bytes.span)
    }

    @Test func `what is packed is what comes out, the largest and the oddest numbers too`() throws {
        var generator = SystemRandomNumberGenerator()
        for round in 0..<2_000 {
            let settled = Self.random(using: &generator)
            let bytes = PackedResults.bytes(settled)
            let result = try unpacked(bytes)
            #expect(result == settled, "round \(round): \(settled)")
            #expect(PackedResults.bytes(settled) == bytes)
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
        #expect(try unpacked([2]) == nil)
        // A number that never ends does not keep the reader.
        #expect(throws: DamagedResults.self) { try unpacked([1] + [UInt8](repeating: 255, count: 40)) }
    }

    private static func random(using generator: inout SystemRandomNumberGenerator) -> SettledResults {
        func flag() -> Bool { Bool.random(using: &generator) }
        func kept() -> Bool? { [true, false, nil][Int.random(in: 0..<3, using: &generator)] }
        func count() -> Int { [0, 1, 127, 128, 16_383, 16_384, Int.max][Int.random(in: 0..<7, using: &generator)] }
        func days() -> Int { [0, -1, 1, 63, 64, -64, -65, 400, 100_000][Int.random(in: 0..<9, using: &generator)] }
        var results = EpisodeResults(mode: ResponseMode.allCases[Int.random(in: 0..<3, using: &generator)])
        results.isReached = flag()
        results.responseSeconds = flag() ? count() : nil
        results.stay = days()
        results.contacts = count()
        results.attempts = count()
        results.isExtended = flag()
        results.arrival = kept()
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
        return SettledResults(since: instants[Int.random(in: 0..<4, using: &generator)], results: results)
    }
}
