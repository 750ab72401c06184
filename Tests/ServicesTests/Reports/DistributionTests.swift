import CrisisCare
import Testing

@testable import Reports

struct DistributionTests {
    private func quantiles(_ values: [Int], step: Int = 1) -> Quantiles? {
        var distribution = Distribution(step: step)
        for value in values { distribution.add(value) }
        return distribution.quantiles
    }

    @Test func `the median of an even number is the mean of the two in the middle`() {
        #expect(quantiles([1, 2])?.median == 15)
        #expect(quantiles([2, 1, 9])?.median == 20)
        #expect(quantiles([5])?.values == [50, 50, 50, 50])
        #expect(quantiles([]) == nil)
    }

    @Test func `seconds between two minutes count exactly, and round half up`() {
        // 45:00 and 45:03 have 45:01.5 in the middle: 45.025 minutes. At 45:03 the half is reached.
        #expect(quantiles([2700, 2703], step: 60)?.median == 450)
        #expect(quantiles([2700, 2706], step: 60)?.median == 451)
        #expect(quantiles([2702], step: 60)?.median == 450)
        #expect(quantiles([2703], step: 60)?.median == 451)
    }

    @Test func `a percentile is the smallest value that so many percent do not exceed`() {
        let hundred = quantiles(Array(1...100))
        #expect(hundred?.values == [505, 250, 750, 900])
        #expect(quantiles(Array(1...4))?.values == [25, 10, 30, 40])
        #expect(quantiles(Array(1...5))?.values == [30, 20, 40, 50])
    }

    @Test func `any values in any order, in two halves, give what sorting gives`() {
        var generator = SeededGenerator(seed: 5)
        for round in 0..<200 {
            let values = (0..<Int.random(in: 1...60, using: &generator)).map { _ in
                Bool.random(using: &generator)
                    ? Int.random(in: 0...90, using: &generator) * 60 : Int.random(in: 0...2_000_000, using: &generator)
            }
            let cut = Int.random(in: 0...values.count, using: &generator)
            var first = Distribution(step: 60)
            for value in values.prefix(cut) { first.add(value) }
            var second = Distribution(step: 60)
            for value in values.dropFirst(cut) { second.add(value) }
            first.merge(second)
            let sorted = values.sorted()
            #expect(first.values == sorted, "seed 5, round \(round)")
            let middle = sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]
            #expect(first.quantiles?.median == Int((Double(middle) / 12).rounded(.toNearestOrAwayFromZero)))
        }
    }

    @Test func `a share is rounded half up to one decimal`() {
        // 1 of 16 is 6.25 %, 1 of 32 is 3.125 %, 399 of 500 is 79.8 %, 1599 of 2000 is 79.95 %.
        #expect(Rounding.percentTenths(1, of: 16) == 63)
        #expect(Rounding.percentTenths(1, of: 32) == 31)
        #expect(Rounding.percentTenths(399, of: 500) == 798)
        #expect(Rounding.percentTenths(1599, of: 2000) == 800)
        #expect(Rounding.percentTenths(15989, of: 20000) == 799)
    }
}
