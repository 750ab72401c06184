package import CivilTime

/// Makes the keys of new records: 63 bits, ascending, never the same on two machines that work offline.
///
/// 31 bits of seconds since 2020 (until 2088) and 32 bits that start at random in each command and count up from
/// there. Within a command the order of keys is the order of entry; of two commands in one second either may be first.
package struct KeyMaker: Sendable {
    /// 2020-01-01T00:00:00Z.
    private static let epoch: Int64 = 1_577_836_800
    private static let randomBits: Int64 = 32
    private var last: Int64

    package init(now: Instant) {
        last = max(0, now.seconds - Self.epoch) << Self.randomBits | Int64.random(in: 0..<(1 << (Self.randomBits - 1)))
    }

    package mutating func next() -> Int64 {
        last += 1
        return last
    }
}
