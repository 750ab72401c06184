package import CivilTime
package import CrisisCare
internal import SQLite

/// The results of a settled episode in a few bytes of its row: a report reads hundreds of thousands of them, a summary
/// their first part.
///
/// Numbers take seven bits a byte, the lowest first; a signed one is doubled, and of a negative one the rest is
/// inverted. The first byte names the form: bytes of another are not read, and the results computed anew.
package enum PackedResults {
    /// Raised with every change of the bytes or of what they mean.
    private static let form: UInt8 = 2

    package static func bytes(_ settled: SettledResults) -> [UInt8] {
        let results = settled.results
        var packing = Packing()
        packing.bytes = [form, flags(of: results), clocks(of: results)]
        packing.append(signed: Int(settled.since.seconds))
        packing.append(results.outline, since: settled.since)
        packing.append(signed: results.stay ?? 0)
        if let seconds = results.responseSeconds { packing.append(seconds) }
        packing.append(results.reviews.kept)
        packing.append(results.reviews.counted)
        for referral in results.referrals { packing.append(referral) }
        return packing.bytes
    }

    /// - Returns: `nil` for bytes of another form.
    package static func settled(_ bytes: borrowing Span<UInt8>) throws(DamagedResults) -> SettledResults? {
        guard var head = try head(bytes) else { return nil }
        var results = EpisodeResults(mode: mode(head.flags))
        results.outline = try head.outline(bytes)
        results.isReached = head.flags & Flag.isReached != 0
        results.closing = kept(head.flags >> 5)
        results.deferredResponse = kept(head.clocks >> 2)
        results.firstContact = kept(head.clocks >> 4)
        results.safetyPlan = kept(head.clocks >> 6)
        results.stay = try head.rest.signed(bytes)
        if head.flags & Flag.hasResponseSeconds != 0 { results.responseSeconds = try head.rest.number(bytes) }
        results.reviews.kept = try head.rest.number(bytes)
        results.reviews.counted = try head.rest.number(bytes)
        while !head.rest.isAtEnd(bytes) { results.referrals.append(try head.rest.referral(bytes)) }
        return SettledResults(since: head.since, results: results)
    }

    /// What a summary shows of them, without the rest.
    ///
    /// - Returns: `nil` for bytes of another form, and where the results are final only after an instant.
    package static func outline(
        _ bytes: borrowing Span<UInt8>,
        asOf instant: Instant
    ) throws(DamagedResults) -> EpisodeOutline? {
        guard var head = try head(bytes), head.since <= instant else { return nil }
        return try head.outline(bytes)
    }

    /// How the bytes begin.
    private struct Head {
        let flags, clocks: UInt8
        let since: Instant
        var rest: Unpacking

        mutating func outline(_ bytes: borrowing Span<UInt8>) throws(DamagedResults) -> EpisodeOutline {
            var outline = try rest.outline(bytes, since: since, hasWindow: flags & Flag.hasWindow != 0)
            outline.isWindowExtended = flags & Flag.isWindowExtended != 0
            outline.arrival = kept(clocks)
            return outline
        }
    }

    private static func head(_ bytes: borrowing Span<UInt8>) throws(DamagedResults) -> Head? {
        var reading = Unpacking()
        guard try reading.byte(bytes) == form else { return nil }
        let flags = try reading.byte(bytes)
        let clocks = try reading.byte(bytes)
        let since = Instant(seconds: Int64(try reading.signed(bytes)))
        return Head(flags: flags, clocks: clocks, since: since, rest: reading)
    }

    private enum Flag {
        static let isReached: UInt8 = 4
        static let isWindowExtended: UInt8 = 8
        static let hasResponseSeconds: UInt8 = 16
        static let hasWindow: UInt8 = 128
    }

    /// Two bits for the mode, one each for three facts, two for the closing, one for the window.
    private static func flags(of results: EpisodeResults) -> UInt8 {
        let mode: UInt8 =
            switch results.mode {
            case .mobile: 0
            case .deferredMobile: 1
            case .phone: 2
            }
        return mode | (results.isReached ? Flag.isReached : 0)
            | (results.outline.isWindowExtended ? Flag.isWindowExtended : 0)
            | (results.responseSeconds != nil ? Flag.hasResponseSeconds : 0) | bits(results.closing) << 5
            | (results.outline.windowEndsOn != nil ? Flag.hasWindow : 0)
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
