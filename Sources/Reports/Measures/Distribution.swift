/// How often each value occurs, for exact medians and percentiles without keeping every value.
///
/// Values that are whole units are counted by the unit; what lies between two units, or is very large, is kept.
package struct Distribution: Sendable {
    /// The unit in which values are counted: 60 for seconds that are shown as minutes, 1 for days.
    package let step: Int
    private var counts: [Int32] = []
    private var others: [Int] = []

    /// Units up to which values are counted, a week in minutes; arbitrary.
    private static let largestCounted = 10_080

    package init(step: Int) {
        self.step = step
    }

    package mutating func add(_ value: Int) {
        let (unit, rest) = value.quotientAndRemainder(dividingBy: step)
        guard rest == 0, (0...Self.largestCounted).contains(unit) else { return others.append(value) }
        if unit >= counts.count { counts += repeatElement(0, count: unit + 1 - counts.count) }
        counts[unit] += 1
    }

    package mutating func merge(_ other: Distribution) {
        if other.counts.count > counts.count {
            counts += repeatElement(0, count: other.counts.count - counts.count)
        }
        for (unit, count) in other.counts.enumerated() { counts[unit] += count }
        others += other.others
    }

    /// The values with their counts, ascending.
    private var sorted: [(value: Int, count: Int)] {
        var all = counts.enumerated().compactMap { unit, count in
            count > 0 ? (value: unit * step, count: Int(count)) : nil
        }
        if !others.isEmpty {
            all += others.map { ($0, 1) }
            all.sort { $0.value < $1.value }
        }
        return all
    }

    /// Every value, ascending.
    var values: [Int] {
        sorted.flatMap { repeatElement($0.value, count: $0.count) }
    }

    /// The median and the percentiles in tenths of a unit, half up; `nil` of nothing.
    package var quantiles: Quantiles? {
        let sorted = sorted
        let total = sorted.reduce(0) { $0 + $1.count }
        guard total > 0 else { return nil }
        func value(atRank rank: Int) -> Int {
            var passed = 0
            for (value, count) in sorted {
                passed += count
                if passed >= rank { return value }
            }
            return 0
        }
        // The smallest value that at least so many percent of all do not exceed.
        func percentile(_ percent: Int) -> Int {
            Rounding.tenths(value(atRank: max(1, (percent * total + 99) / 100)), over: step)
        }
        // Of an even number the median is the mean of the two in the middle.
        let middle = value(atRank: (total + 1) / 2) + value(atRank: total / 2 + 1)
        return Quantiles(
            median: Rounding.tenths(middle, over: 2 * step),
            lowerQuarter: percentile(25),
            upperQuarter: percentile(75),
            upperTenth: percentile(90)
        )
    }
}

/// What is shown of a distribution, in tenths of its unit.
package struct Quantiles: Equatable, Sendable {
    package let median: Int
    /// The 25th percentile.
    package let lowerQuarter: Int
    /// The 75th percentile.
    package let upperQuarter: Int
    /// The 90th percentile.
    package let upperTenth: Int

    /// The categories under which the four are listed, in the order of `values`.
    package static let labels = ["median", "25th percentile", "75th percentile", "90th percentile"]
    package var values: [Int] { [median, lowerQuarter, upperQuarter, upperTenth] }
}
