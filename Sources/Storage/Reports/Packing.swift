internal import CivilTime
internal import CrisisCare

/// Numbers being packed.
struct Packing {
    var bytes: [UInt8] = []

    mutating func append(_ number: Int) {
        append(UInt(bitPattern: number))
    }

    mutating func append(signed number: Int) {
        append(UInt(bitPattern: number << 1 ^ number >> (Int.bitWidth - 1)))
    }

    private mutating func append(_ number: UInt) {
        var rest = number
        while rest > 127 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// The counts; instants and the window's last day as they lie before the instant from which all is final, which
    /// takes fewer bytes.
    mutating func append(_ outline: EpisodeOutline, since: Instant) {
        append(outline.visits)
        append(outline.contacts)
        append(outline.attempts)
        append(outline.plans)
        append(outline.extensions)
        append(outline.referrals)
        append(outline.referralsConnected)
        append(outline.firstContactAt, before: since)
        append(outline.firstPlanAt, before: since)
        if let day = outline.windowEndsOn { append(signed: since.universalDay.days(since: day)) }
    }

    /// The seconds before an instant, plus one; 0 is none.
    private mutating func append(_ instant: Instant?, before end: Instant) {
        append(instant.map { Int(end.seconds(since: $0)) + 1 } ?? 0)
    }

    mutating func append(_ referral: ReferralResult) {
        bytes.append(
            (referral.isConnected ? ReferralFlag.isConnected : 0)
                | (referral.daysToAnswer != nil ? ReferralFlag.hasAnswer : 0)
                | (referral.daysToAppointment != nil ? ReferralFlag.hasAppointment : 0)
        )
        append(Int(referral.service?.value ?? 0))
        append(referral.answers.kept)
        append(referral.answers.counted)
        if let days = referral.daysToAnswer { append(signed: days) }
        if let days = referral.daysToAppointment { append(signed: days) }
    }
}

private enum ReferralFlag {
    static let isConnected: UInt8 = 1
    static let hasAnswer: UInt8 = 2
    static let hasAppointment: UInt8 = 4
}

/// A place in packed bytes.
struct Unpacking {
    private var place = 0

    func isAtEnd(_ bytes: borrowing Span<UInt8>) -> Bool { place >= bytes.count }

    mutating func byte(_ bytes: borrowing Span<UInt8>) throws(DamagedResults) -> UInt8 {
        guard place < bytes.count else { throw DamagedResults() }
        defer { place += 1 }
        return bytes[place]
    }

    mutating func number(_ bytes: borrowing Span<UInt8>) throws(DamagedResults) -> Int {
        Int(bitPattern: try bits(bytes))
    }

    mutating func signed(_ bytes: borrowing Span<UInt8>) throws(DamagedResults) -> Int {
        let bits = try bits(bytes)
        return Int(bitPattern: bits >> 1) ^ -Int(bitPattern: bits & 1)
    }

    @inline(__always)
    private mutating func bits(_ bytes: borrowing Span<UInt8>) throws(DamagedResults) -> UInt {
        // Most are of one byte.
        if place < bytes.count, bytes[place] < 128 {
            defer { place += 1 }
            return UInt(bytes[place])
        }
        return try manyBits(bytes)
    }

    private mutating func manyBits(_ bytes: borrowing Span<UInt8>) throws(DamagedResults) -> UInt {
        var number: UInt = 0
        var shift: UInt = 0
        while true {
            let next = try byte(bytes)
            number |= UInt(next & 127) << shift
            if next < 128 { return number }
            shift += 7
        }
    }

    mutating func outline(
        _ bytes: borrowing Span<UInt8>,
        since: Instant,
        hasWindow: Bool
    ) throws(DamagedResults) -> EpisodeOutline {
        var outline = EpisodeOutline()
        outline.visits = try number(bytes)
        outline.contacts = try number(bytes)
        outline.attempts = try number(bytes)
        outline.plans = try number(bytes)
        outline.extensions = try number(bytes)
        outline.referrals = try number(bytes)
        outline.referralsConnected = try number(bytes)
        outline.firstContactAt = try instant(bytes, before: since)
        outline.firstPlanAt = try instant(bytes, before: since)
        if hasWindow { outline.windowEndsOn = since.universalDay.adding(days: 0 &- (try signed(bytes))) }
        return outline
    }

    private mutating func instant(
        _ bytes: borrowing Span<UInt8>,
        before end: Instant
    ) throws(DamagedResults) -> Instant? {
        let seconds = try number(bytes)
        // Damaged bytes must not stop the program.
        return seconds == 0 ? nil : end.adding(seconds: Int64(1 &- seconds))
    }

    mutating func referral(_ bytes: borrowing Span<UInt8>) throws(DamagedResults) -> ReferralResult {
        let flags = try byte(bytes)
        let service = try number(bytes)
        var result = ReferralResult(service: service == 0 ? nil : CodeID(Int64(service)))
        result.isConnected = flags & ReferralFlag.isConnected != 0
        result.answers.kept = try number(bytes)
        result.answers.counted = try number(bytes)
        if flags & ReferralFlag.hasAnswer != 0 { result.daysToAnswer = try signed(bytes) }
        if flags & ReferralFlag.hasAppointment != 0 { result.daysToAppointment = try signed(bytes) }
        return result
    }
}

extension Instant {
    /// The day in UTC, from which days are counted here: no zone is needed to read them.
    fileprivate var universalDay: CivilDate {
        CivilDate(dayNumber: Int((seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400))
    }
}
