@testable import Reports

/// Somebody who reads a report with hidden counts, and tries every caseload that would print the same.
///
/// Knows all that is shown, that sums hold, that counts are not negative, and nothing else.
struct SuppressionAttacker {
    let grid: CountGrid
    /// By row, the hidden columns.
    let hidden: [Set<Int>]

    private struct Equation {
        /// Factor of each unknown.
        var factors: [Int: Int] = [:]
        /// What the unknowns must come to.
        var value = 0
    }

    /// The values that each hidden count could have: those of the caseloads that print the same. Stops for a count
    /// once it has two, which is what has to be shown; a count with one value is known.
    func undecided(limit: Int = 60) -> [[Int: Set<Int>]] {
        var unknowns: [(row: Int, column: Int)] = []
        for row in grid.counts.indices {
            for column in hidden[row].sorted() { unknowns.append((row, column)) }
        }
        let equations = equations(unknowns)
        var found: [Set<Int>] = unknowns.map { [grid.counts[$0.row][$0.column]] }
        for (target, place) in unknowns.enumerated() where found[target].count < 2 {
            let truth = grid.counts[place.row][place.column]
            for distance in 1...limit where found[target].count < 2 {
                for guess in [truth - distance, truth + distance] where guess >= 0 && found[target].count < 2 {
                    guard let world = solve(equations, unknowns.count, fixing: target, at: guess) else { continue }
                    for (index, value) in world.enumerated() { found[index].insert(value) }
                }
            }
        }
        var result: [[Int: Set<Int>]] = grid.counts.map { _ in [:] }
        for (index, place) in unknowns.enumerated() { result[place.row][place.column] = found[index] }
        return result
    }

    /// The hidden counts that follow from what is shown by cutting away, sum by sum, what cannot be: not all that an
    /// attacker could find, but quick enough for a whole report.
    func pinned() -> [(row: Int, column: Int)] {
        var unknowns: [(row: Int, column: Int)] = []
        for row in grid.counts.indices {
            for column in hidden[row].sorted() { unknowns.append((row, column)) }
        }
        let most = (grid.counts.flatMap(\.self).max() ?? 0) * 2
        let ranges = tightened(equations(unknowns), Array(repeating: 0...most, count: unknowns.count)) ?? []
        return zip(unknowns, ranges).filter { $0.1.count == 1 && $0.1.lowerBound > 0 }.map(\.0)
    }

    /// Clients who count once in each group make no sum.
    private func isAdditive(_ column: Int) -> Bool {
        grid.counts[grid.all][column] == grid.groups.reduce(0) { $0 + grid.counts[$1][column] }
    }

    private func equations(_ unknowns: [(row: Int, column: Int)]) -> [Equation] {
        var numbers: [[Int]: Int] = [:]
        for (index, place) in unknowns.enumerated() { numbers[[place.row, place.column]] = index }
        var equations: [Equation] = []
        func add(_ terms: [(row: Int, column: Int, factor: Int)]) {
            var equation = Equation()
            for term in terms {
                if let index = numbers[[term.row, term.column]] {
                    equation.factors[index, default: 0] += term.factor
                } else {
                    equation.value -= term.factor * grid.counts[term.row][term.column]
                }
            }
            equation.factors = equation.factors.filter { $0.value != 0 }
            if !equation.factors.isEmpty { equations.append(equation) }
        }
        for row in grid.counts.indices {
            for sum in grid.sums { add([(row, sum.whole, 1)] + sum.parts.map { (row, $0, -1) }) }
        }
        if !grid.groups.isEmpty {
            for column in 0..<grid.columns where isAdditive(column) {
                add([(grid.all, column, 1)] + grid.groups.map { ($0, column, -1) })
            }
        }
        return equations
    }

    /// A caseload with one count fixed, found by trying; exhaustive, because every branch is bounded by the sums.
    private func solve(_ equations: [Equation], _ count: Int, fixing target: Int, at value: Int) -> [Int]? {
        let most = grid.counts.flatMap(\.self).max() ?? 0
        var ranges = Array(repeating: 0...(most * 2 + 2), count: count)
        ranges[target] = value...value
        return search(equations, ranges)
    }

    private func search(_ equations: [Equation], _ ranges: [ClosedRange<Int>]) -> [Int]? {
        guard let ranges = tightened(equations, ranges) else { return nil }
        let unsure = ranges.indices.filter { ranges[$0].count > 1 }
        guard let open = unsure.min(by: { ranges[$0].count < ranges[$1].count }) else {
            return ranges.map(\.lowerBound)
        }
        for value in ranges[open] {
            var next = ranges
            next[open] = value...value
            if let world = search(equations, next) { return world }
        }
        return nil
    }

    /// Cuts away what no sum allows; `nil` when nothing is left.
    private func tightened(_ equations: [Equation], _ start: [ClosedRange<Int>]) -> [ClosedRange<Int>]? {
        var ranges = start
        var isChanged = true
        var rounds = 0
        while isChanged {
            // To stop early is to cut away less; what a search needs is cut away long before.
            rounds += 1
            if rounds > 500 { return ranges }
            isChanged = false
            for equation in equations {
                var low = 0
                var high = 0
                for (index, factor) in equation.factors {
                    low += factor > 0 ? factor * ranges[index].lowerBound : factor * ranges[index].upperBound
                    high += factor > 0 ? factor * ranges[index].upperBound : factor * ranges[index].lowerBound
                }
                if equation.value < low || equation.value > high { return nil }
                for (index, factor) in equation.factors {
                    let range = ranges[index]
                    let mineLow = factor > 0 ? factor * range.lowerBound : factor * range.upperBound
                    let mineHigh = factor > 0 ? factor * range.upperBound : factor * range.lowerBound
                    // What the others leave for this one.
                    let least = equation.value - (high - mineHigh)
                    let most = equation.value - (low - mineLow)
                    let (from, to) =
                        factor > 0
                        ? (ceiling(least, factor), floor(most, factor))
                        : (ceiling(most, factor), floor(least, factor))
                    let lower = max(range.lowerBound, from)
                    let upper = min(range.upperBound, to)
                    guard lower <= upper else { return nil }
                    if lower...upper != range {
                        ranges[index] = lower...upper
                        low += (factor > 0 ? factor * lower : factor * upper) - mineLow
                        high += (factor > 0 ? factor * upper : factor * lower) - mineHigh
                        isChanged = true
                    }
                }
            }
        }
        return ranges
    }

    private func floor(_ value: Int, _ divisor: Int) -> Int {
        let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
        return rest != 0 && (rest < 0) != (divisor < 0) ? quotient - 1 : quotient
    }

    private func ceiling(_ value: Int, _ divisor: Int) -> Int {
        -floor(-value, divisor)
    }
}
