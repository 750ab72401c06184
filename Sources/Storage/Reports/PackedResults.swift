internal import CivilTime
package import CrisisCare
internal import SQLite

/// The results of a settled episode in a few bytes of its row: a report reads hundreds of thousands of them.
///
/// Numbers take seven bits a byte, the lowest first; a signed one is doubled, and of a negative one the rest is
/// inverted. The first byte names the form: bytes of another are not read, and the results computed anew.
package enum PackedResults {
    /// Raised with every change of the bytes or of what they mean.
    private static let form: UInt8 = 1

    package static func bytes(_ settled: SettledResults) -> [UInt8] {
        let results = settled.results
        var packing = Packing()
        packing.bytes = [form, flags(of: results), clocks(of: results)]
        packing.append(signed: Int(settled.since.seconds))
        packing.append(signed: results.stay ?? 0)
        if let seconds = results.responseSeconds { packing.append(seconds) }
        packing.append(results.contacts)
        packing.append(results.attempts)
        packing.append(results.reviews.kept)
        packing.append(results.reviews.counted)
        for referral in results.referrals { packing.append(referral) }
        return packing.bytes
    }

    /// - Returns: `nil` for bytes of another form.
    package static func settled(_ bytes: borrowing Span<UInt8>) throws(DamagedResults) -> SettledResults? {
        var reading = Unpacking()
        guard try reading.byte(bytes) == form else { return nil }
        let flags = try reading.byte(bytes)
        let clocks = try reading.byte(bytes)
        var results = EpisodeResults(mode: mode(flags))
        results.isReached = flags & Flag.isReached != 0
        results.isExtended = flags & Flag.isExtended != 0
        results.closing = kept(flags >> 5)
        results.arrival = kept(clocks)
        results.deferredResponse = kept(clocks >> 2)
        results.firstContact = kept(clocks >> 4)
        results.safetyPlan = kept(clocks >> 6)
        let since = Instant(seconds: Int64(try reading.signed(bytes)))
        results.stay = try reading.signed(bytes)
        if flags & Flag.hasResponseSeconds != 0 { results.responseSeconds = try reading.number(bytes) }
        results.contacts = try reading.number(bytes)
        results.attempts = try reading.number(bytes)
        results.reviews.kept = try reading.number(bytes)
        results.reviews.counted = try reading.number(bytes)
        while !reading.isAtEnd(bytes) { results.referrals.append(try reading.referral(bytes)) }
        return SettledResults(since: since, results: results)
    }

    private enum Flag {
        static let isReached: UInt8 = 4
        static let isExtended: UInt8 = 8
        static let hasResponseSeconds: UInt8 = 16
    }

    /// Two bits for the mode, one each for three facts, two for the closing.
    private static func flags(of results: EpisodeResults) -> UInt8 {
        let mode: UInt8 =
            switch results.mode {
            case .mobile: 0
            case .deferredMobile: 1
            case .phone: 2
            }
        return mode | (results.isReached ? Flag.isReached : 0) | (results.isExtended ? Flag.isExtended : 0)
            | (results.responseSeconds != nil ? Flag.hasResponseSeconds : 0) | bits(results.closing) << 5
    }

    private static func clocks(of results: EpisodeResults) -> UInt8 {
        bits(results.arrival) | bits(results.deferredResponse) << 2 | bits(results.firstContact) << 4
            | bits(results.safetyPlan) << 6
    }

    private static func mode(_ flags: UInt8) -> ResponseMode {
        switch flags & 3 {
        case 0: .mobile
        case 1: .deferredMobile
        default: .phone
        }
    }

    private static func bits(_ isKept: Bool?) -> UInt8 {
        isKept.map { $0 ? 1 : 2 } ?? 0
    }

    private static func kept(_ bits: UInt8) -> Bool? {
        switch bits & 3 {
        case 1: true
        case 2: false
        default: nil
        }
    }
}

/// The bytes end where a number should be.
package struct DamagedResults: Error {}
