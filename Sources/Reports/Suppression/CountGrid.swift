/// The counts of a report as whoever reads it sees them: columns that belong together by sums, and rows for groups.
///
/// The last row is of all together; where there are groups it is their sum.
package struct CountGrid: Sendable {
    /// A sum that holds in every row: the column of the whole and those of its parts.
    package struct Sum: Sendable {
        package let whole: Int
        package let parts: [Int]

        package init(whole: Int, parts: [Int]) {
            self.whole = whole
            self.parts = parts
        }
    }

    /// By row, then by column; not negative.
    package let counts: [[Int]]
    package let sums: [Sum]

    package init(counts: [[Int]], sums: [Sum]) {
        self.counts = counts
        self.sums = sums
    }

    package var columns: Int { counts.first?.count ?? 0 }
    /// The row of all together.
    package var all: Int { counts.count - 1 }
    /// The rows of groups.
    package var groups: Range<Int> { 0..<all }

    /// The sums with the factor of each column, +1 for the whole and -1 for a part; a column on both sides drops out.
    var factors: [[Int: Int]] {
        sums.map { sum in
            var factors = [sum.whole: 1]
            for part in sum.parts { factors[part, default: 0] -= 1 }
            return factors.filter { $0.value != 0 }
        }
    }
}
