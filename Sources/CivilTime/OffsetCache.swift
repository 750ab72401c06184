private import Synchronization

/// The offsets of one zone, remembered from 2000 to 2060: an import or an export asks by the million.
///
/// Time is cut into spans with at most one change of the offset. What is known of a span is one word, written once
/// and always with the same value, so threads share it without a lock.
final class OffsetCache: Sendable {
    private let zoneName: String
    /// 2000 to 2060, arbitrary: the years of a tracker's caseload. Others are asked of the C library each time.
    private let spans = InlineArray<3_612, Atomic<UInt64>> { (_: Int) in Atomic<UInt64>(0) }
    private static let firstSecond: Int64 = 946_684_800

    /// 2^19 seconds, 6.07 days. Since 1970 no zone of the tz database changed twice in less than 6.95 days
    /// (Recife, October 2000), so a span that ends as it began holds no change.
    private static let spanBits: Int64 = 19

    /// The zones of this process; a cache is never given up, for it costs as much to clear it away as to fill it.
    private static let known = Mutex<[OffsetCache]>([])

    /// The one cache of a zone.
    static func of(_ zoneName: String) -> OffsetCache {
        known.withLock { known in
            if let cache = known.first(where: { $0.zoneName == zoneName }) { return cache }
            let cache = OffsetCache(zoneName: zoneName)
            known.append(cache)
            return cache
        }
    }

    init(zoneName: String) {
        self.zoneName = zoneName
    }

    /// Seconds east of UTC at a second since 1970.
    func offset(at second: Int64) -> Int {
        let index = Int((second - Self.firstSecond) >> Self.spanBits)
        guard spans.indices.contains(index) else {
            return SystemZone.withOffsets(of: zoneName) { offset in offset(second) }
        }
        let known = spans[index].load(ordering: .relaxed)
        let span = known == 0 ? learn(index) : OffsetSpan(word: known)
        let position = Int(second - Self.firstSecond) & ((1 << Self.spanBits) - 1)
        return position < span.change ? span.before : span.after
    }

    private func learn(_ index: Int) -> OffsetSpan {
        let start = Self.firstSecond + Int64(index) << Self.spanBits
        let end = start + 1 << Self.spanBits
        let span = SystemZone.withOffsets(of: zoneName) { offset in
            let before = offset(start)
            let after = offset(end)
            let change = before == after ? end : firstChange(after: start, by: end, from: before, offset: offset)
            return OffsetSpan(change: Int(change - start), before: before, after: after)
        }
        spans[index].store(span.word, ordering: .relaxed)
        return span
    }
}

/// What is known of a span: one offset up to a change, another from it on.
private struct OffsetSpan {
    /// Seconds from the start of the span, at most its length; the length when nothing changes.
    let change: Int
    /// Seconds east of UTC; glibc reads none of 25 hours or more.
    let before, after: Int
}

// In one word, never 0: 20 bits for the change, 18 for each offset counted from -36 hours.
extension OffsetSpan {
    private static let bias = 131_072
    private static let offsetMask: UInt64 = 262_143

    var word: UInt64 {
        UInt64(change) << 36 | UInt64(before + Self.bias) << 18 | UInt64(after + Self.bias)
    }

    init(word: UInt64) {
        change = Int(word >> 36)
        before = Int(word >> 18 & Self.offsetMask) - Self.bias
        after = Int(word & Self.offsetMask) - Self.bias
    }
}

/// The first second whose offset is no longer `old`, when it is `old` at `low` and another at `high`.
func firstChange(after low: Int64, by high: Int64, from old: Int, offset: (Int64) -> Int) -> Int64 {
    var low = low
    var high = high
    while high - low > 1 {
        let middle = low + (high - low) / 2
        if offset(middle) == old { low = middle } else { high = middle }
    }
    return high
}
