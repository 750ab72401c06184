/// Counts each measure in a loop of its own over the episodes of one group.
struct NaiveFigureCounter {
    let moments: [NaiveMoment]
    /// By `measure/category`.
    var figures: [String: NaiveFigure] = [:]

    init(moments: [NaiveMoment]) {
        self.moments = moments
    }

    mutating func countAll() {
        countVolume()
        countResponses()
        countFollowUp()
        countReferrals()
        countStays()
    }

    /// One decimal, half up, by long division of ten times the part.
    static func tenths(_ part: Int, _ whole: Int) -> Int? {
        guard whole > 0 else { return nil }
        let quotient = part * 10 / whole
        let rest = part * 10 - quotient * whole
        return rest * 2 >= whole ? quotient + 1 : quotient
    }

    mutating func share(_ name: String, _ part: Int, _ whole: Int, category: String = "") {
        figures["\(name)/\(category)"] = NaiveFigure(
            numerator: part,
            denominator: whole,
            tenths: Self.tenths(part * 100, whole)
        )
    }

    mutating func ratio(_ name: String, _ part: Int, _ whole: Int) {
        figures["\(name)/"] = NaiveFigure(numerator: part, denominator: whole, tenths: Self.tenths(part, whole))
    }

    mutating func count(_ name: String, _ count: Int) {
        figures["\(name)/"] = NaiveFigure(numerator: count, denominator: nil, tenths: count * 10)
    }

    /// Shares of all that has a category.
    mutating func shares(_ name: String, _ categories: [String]) {
        var counts: [String: Int] = [:]
        for category in categories { counts[category, default: 0] += 1 }
        for (category, count) in counts { share(name, count, categories.count, category: category) }
    }

    /// Median and percentiles of values counted in a smaller unit: 60 seconds to the minute.
    mutating func quantiles(_ name: String, _ values: [Int], per unit: Int) {
        let sorted = values.sorted()
        func add(_ category: String, _ tenths: Int?) {
            figures["\(name)/\(category)"] = NaiveFigure(
                numerator: nil,
                denominator: sorted.count,
                tenths: tenths
            )
        }
        // The smallest value for which at least so many percent of all are no larger.
        func percentile(_ percent: Int) -> Int? {
            for (index, value) in sorted.enumerated() where (index + 1) * 100 >= percent * sorted.count {
                return Self.tenths(value, unit)
            }
            return nil
        }
        var median: Int?
        if !sorted.isEmpty {
            let half = sorted.count / 2
            let isOdd = sorted.count % 2 == 1
            median = Self.tenths(isOdd ? sorted[half] * 2 : sorted[half - 1] + sorted[half], 2 * unit)
        }
        add("median", median)
        add("25th percentile", percentile(25))
        add("75th percentile", percentile(75))
        add("90th percentile", percentile(90))
    }
}

extension NaiveMoment {
    /// Whether what was due in time was done in time; nil when it was neither done nor late.
    ///
    /// - Parameters:
    ///   - done: when it was done.
    ///   - dropped: when it was no longer to be done.
    func isKept(started: Int64, due: Int64, done: Int64?, dropped: Int64? = nil) -> Bool? {
        var dropped = dropped
        if !isOpen, let dischargeAt {
            if started > dischargeAt { return nil }
            dropped = min(dropped ?? Int64.max, dischargeAt)
        }
        if let done, done <= asOf, done <= dropped ?? Int64.max { return done <= due }
        if let dropped, dropped <= asOf { return dropped > due ? false : nil }
        return due < asOf ? false : nil
    }

    var isReached: Bool { !episode.isPhoneOnly && arrivedAt != nil }

    /// Phone only, face-to-face, or stabilization plus follow-up.
    var typeName: String? {
        if episode.isPhoneOnly { return "phone only" }
        guard arrivedAt != nil else { return nil }
        return contacts.isEmpty ? "face-to-face" : "stabilization plus follow-up"
    }
}
