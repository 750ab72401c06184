/// Decides which counts of a grid are not shown, so that none of them can be computed from those that are.
///
/// What is small is hidden. A hidden count must then be able to change with nothing changing that is shown: there has
/// to be another caseload, with the same sums, that would print the same report. Such a change is looked for
/// for each hidden count; where there is none, more is hidden: another part of a sum, another group, the row of all
/// together. Hidden columns that share a sum are hidden in the same groups, so that a change in one group can be
/// undone in another.
struct Suppressor {
    let grid: CountGrid
    let factors: [[Int: Int]]
    /// Counts from 1 to one less than this are hidden.
    private let limit: Int
    /// Columns that cannot be hidden, because a reader knows them otherwise.
    private let known: Set<Int>
    /// By row, the hidden columns.
    private(set) var hidden: [Set<Int>]
    /// What was found safe as it stands, so that it is not looked at again for every change elsewhere.
    private var safe: Set<[Set<Int>]> = []

    init(_ grid: CountGrid, below limit: Int, known: Set<Int> = []) {
        self.grid = grid
        self.limit = limit
        self.known = known
        factors = grid.factors
        hidden = grid.counts.map { row in
            Set(row.indices.filter { !known.contains($0) && (1..<limit).contains(row[$0]) })
        }
        while grow() {}
    }

    /// Hides what is needed next.
    /// - Returns: whether anything was.
    private mutating func grow() -> Bool {
        for block in blocks() {
            if spread(block) || protectSums(of: block) { return true }
            let state = hidden.map { $0.intersection(block) }
            guard !safe.contains(state) else { continue }
            if let cell = exposed(in: block), hideMore(for: cell, in: block) { return true }
            safe.insert(state)
        }
        return false
    }

    /// Hidden columns that share sums, directly or by others that are hidden.
    private func blocks() -> [[Int]] {
        let columns = hidden.reduce(into: Set<Int>()) { $0.formUnion($1) }
        var left = columns
        var blocks: [[Int]] = []
        for start in columns.sorted() where left.contains(start) {
            var block: Set<Int> = [start]
            var next = [start]
            while let column = next.popLast() {
                for sum in factors where sum[column] != nil {
                    for other in sum.keys where left.contains(other) && block.insert(other).inserted {
                        next.append(other)
                    }
                }
            }
            left.subtract(block)
            blocks.append(block.sorted())
        }
        return blocks
    }

    func groups(of block: [Int]) -> [Int] {
        grid.groups.filter { row in block.contains { hidden[row].contains($0) } }
    }

    /// Hides a block's columns in all groups in which any of them is hidden, and in two groups at least.
    private mutating func spread(_ block: [Int]) -> Bool {
        var rows = groups(of: block)
        if rows.count == 1, grid.groups.count > 1 { rows.append(nextGroup(for: block)) }
        var isChanged = false
        for row in rows {
            for column in block where hidden[row].insert(column).inserted { isChanged = true }
        }
        return isChanged
    }

    /// The smallest group that can hide another among its counts, else the largest.
    private func nextGroup(for block: [Int]) -> Int {
        let taken = Set(groups(of: block))
        let open = grid.groups.filter { !taken.contains($0) }
        let sizes = open.map { row in (size: block.reduce(0) { $0 + grid.counts[row][$1] }, row: row) }
            .sorted { ($0.size, $0.row) < ($1.size, $1.row) }
        return (sizes.first { $0.size >= limit } ?? sizes.last)?.row ?? grid.all
    }

    /// What is left of a sum, or of a column, when all that is shown is taken from it must not be small itself.
    private mutating func protectSums(of block: [Int]) -> Bool {
        for row in grid.counts.indices {
            for (index, sum) in grid.sums.enumerated() {
                let parts = sum.parts.filter { hidden[row].contains($0) && factors[index][$0] != nil }
                guard !parts.isEmpty, !hidden[row].contains(sum.whole), block.contains(parts[0]) else { continue }
                let rest = parts.reduce(0) { $0 + grid.counts[row][$1] }
                if (1..<limit).contains(rest), hidePart(of: index, in: row) { return true }
            }
        }
        let rows = groups(of: block)
        guard !rows.isEmpty, rows.count < grid.groups.count else { return false }
        for column in block where !hidden[grid.all].contains(column) {
            let rest = rows.reduce(0) { $0 + grid.counts[$1][column] }
            if (1..<limit).contains(rest) { return hide(block, in: nextGroup(for: block)) }
        }
        return false
    }

    private mutating func hide(_ columns: [Int], in row: Int) -> Bool {
        let before = hidden[row].count
        hidden[row].formUnion(columns)
        return hidden[row].count > before
    }

    /// Hides one more column of a sum: the smallest that can hide another, else the largest, else the whole.
    private mutating func hidePart(of index: Int, in row: Int) -> Bool {
        let sum = grid.sums[index]
        if let part = cheapest(of: factors[index].keys.filter { $0 != sum.whole }, in: row) {
            return hide([part], in: row)
        }
        return !known.contains(sum.whole) && hide([sum.whole], in: row)
    }

    /// The smallest count that can hide another, else the largest; `nil` where all are hidden or known.
    private func cheapest(of columns: some Sequence<Int>, in row: Int) -> Int? {
        let open = columns.filter { !hidden[row].contains($0) && !known.contains($0) }
            .sorted { (grid.counts[row][$0], $0) < (grid.counts[row][$1], $1) }
        return open.first { grid.counts[row][$0] >= limit } ?? open.last
    }
}

// What is hidden besides, once a count is found that can be computed.
extension Suppressor {
    mutating func hideMore(for cell: Cell, in block: [Int]) -> Bool {
        // What tells it by sums is known exactly: one column of that is hidden.
        if let evidence = NullSpace.evidence(in: factors, for: cell.column, hidden: hidden[cell.row]),
            let column = cheapest(of: evidence, in: cell.row)
        {
            return hide([column], in: cell.row)
        }
        // No other count can give way: so it is where a sum's other hidden ones are zero.
        let mine = factors.indices.filter { factors[$0][cell.column] != nil }
        for index in mine.sorted(by: { hiddenCount($0, cell.row) < hiddenCount($1, cell.row) })
        where hidePart(of: index, in: cell.row) {
            return true
        }
        if cell.row != grid.all, groups(of: block).count < grid.groups.count {
            return hide(block, in: nextGroup(for: block))
        }
        return hide(block, in: grid.all) || hideAll(of: block)
    }

    /// The last resort: every column that has to do with a block, in every row.
    private mutating func hideAll(of block: [Int]) -> Bool {
        var columns = Set(block)
        var count = 0
        while columns.count > count {
            count = columns.count
            for sum in factors where sum.keys.contains(where: columns.contains) { columns.formUnion(sum.keys) }
        }
        columns.subtract(known)
        var isChanged = false
        for row in hidden.indices {
            for column in columns where hidden[row].insert(column).inserted { isChanged = true }
        }
        return isChanged
    }

    private func hiddenCount(_ sum: Int, _ row: Int) -> Int {
        factors[sum].keys.count { hidden[row].contains($0) }
    }
}
