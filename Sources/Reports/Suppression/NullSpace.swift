/// The whole-number changes of some columns that leave every sum as it is.
enum NullSpace {
    /// Vectors of which every such change is made, one for each column that may change freely.
    ///
    /// - Parameters:
    ///   - sums: by column, its factor in the sum.
    ///   - columns: those that may change; the first ones are set free only where the last ones cannot be.
    static func basis(of sums: [[Int: Int]], over columns: [Int]) -> [[Int: Int]] {
        var rows = sums.map { sum in columns.map { sum[$0] ?? 0 } }
        var pivots: [Int] = []
        var next = 0
        for place in columns.indices {
            guard let found = (next..<rows.count).first(where: { rows[$0][place] != 0 }) else { continue }
            rows.swapAt(next, found)
            for other in rows.indices where other != next && rows[other][place] != 0 {
                let (keep, take) = (rows[next][place], rows[other][place])
                rows[other] = reduced(zip(rows[other], rows[next]).map { $0 * keep - $1 * take })
            }
            pivots.append(place)
            next += 1
            if next == rows.count { break }
        }
        return columns.indices.filter { !pivots.contains($0) }.map { free in
            // A common multiple of the pivots keeps the vector in whole numbers.
            let scale = pivots.indices.reduce(1) { leastCommonMultiple($0, rows[$1][pivots[$1]]) }
            var vector = [columns[free]: scale]
            for (row, pivot) in pivots.enumerated() where rows[row][free] != 0 {
                vector[columns[pivot]] = -rows[row][free] * scale / rows[row][pivot]
            }
            let divisor = vector.values.reduce(0) { greatestCommonDivisor($0, $1) }
            return vector.mapValues { $0 / divisor }
        }
    }

    /// The columns that are seen and, by some of the sums, tell a hidden one; `nil` where no sums tell it.
    static func evidence(in sums: [[Int: Int]], for column: Int, hidden: Set<Int>) -> Set<Int>? {
        var rows = sums
        var next = 0
        for place in hidden.sorted() where place != column {
            guard let found = rows.indices[next...].first(where: { rows[$0][place] != nil }) else { continue }
            rows.swapAt(next, found)
            let pivot = rows[next]
            for other in rows.indices[(next + 1)...] {
                guard let take = rows[other][place], let keep = pivot[place] else { continue }
                var row = rows[other].mapValues { $0 * keep }
                for (key, value) in pivot { row[key, default: 0] -= value * take }
                let divisor = row.values.reduce(0) { greatestCommonDivisor($0, $1) }
                rows[other] = row.filter { $0.value != 0 }.mapValues { $0 / max(1, divisor) }
            }
            next += 1
        }
        return rows[next...].first { $0[column] != nil }.map { Set($0.keys).subtracting([column]) }
    }

    private static func reduced(_ row: [Int]) -> [Int] {
        let divisor = row.reduce(0) { greatestCommonDivisor($0, $1) }
        return divisor > 1 ? row.map { $0 / divisor } : row
    }

    private static func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
        var (large, small) = (abs(first), abs(second))
        while small != 0 { (large, small) = (small, large % small) }
        return large
    }

    private static func leastCommonMultiple(_ first: Int, _ second: Int) -> Int {
        abs(first * second) / max(1, greatestCommonDivisor(first, second))
    }
}
