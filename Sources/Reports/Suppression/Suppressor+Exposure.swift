// Whether a hidden count could be another.
extension Suppressor {
    struct Cell {
        let row: Int
        let column: Int
    }

    /// The first hidden count of a block that nothing but its own value would explain.
    func exposed(in block: [Int]) -> Cell? {
        let rows = groups(of: block)
        let inAll = block.filter { hidden[grid.all].contains($0) }
        var search = Search(block: block, inAll: inAll)
        for column in block {
            // Zeros need no protection: they are shown elsewhere.
            for row in rows where grid.counts[row][column] > 0 {
                // Where the row of all together is hidden too, a group's count may change without another's.
                let isFree =
                    isFree(column, row, rows, &search)
                    || inAll.contains(column) && isFree(column, row, [grid.all], &search)
                if !isFree { return Cell(row: row, column: column) }
            }
        }
        for column in inAll where grid.counts[grid.all][column] > 0 {
            let isFree =
                rows.isEmpty
                ? changes(of: column, over: inAll).contains { fits($0, 1, grid.all) || fits($0, -1, grid.all) }
                : isFree(column, grid.all, rows, &search)
            if !isFree { return Cell(row: grid.all, column: column) }
        }
        return nil
    }

    /// What was found while a block is looked at.
    struct Search {
        let block: [Int]
        /// The columns of the block that are hidden in the row of all together too.
        let inAll: [Int]
        var shared: [[Int]: [[Int: Int]]] = [:]
        var alone: [[Int]: [[Int: Int]]] = [:]
    }

    /// Whether a change of a count fits into its row and, so that no sum of groups changes, its opposite into another.
    private func isFree(_ column: Int, _ row: Int, _ others: [Int], _ search: inout Search) -> Bool {
        for other in others where other != row {
            let changes = sharedChanges(row, other, &search)
            if changes.contains(where: { $0[column] != nil && fitsBoth($0, row, other) }) { return true }
        }
        // A count may grow where it is zero too.
        for other in others where other != row {
            let columns = row == grid.all || other == grid.all ? search.inAll : search.block
            let changes = search.alone[[column, columns.count]] ?? changes(of: column, over: columns)
            search.alone[[column, columns.count]] = changes
            if changes.contains(where: { fitsBoth($0, row, other) }) { return true }
        }
        return false
    }

    /// Changes of the counts that are not zero in either of two rows: small ones nearly always fit.
    private func sharedChanges(_ row: Int, _ other: Int, _ search: inout Search) -> [[Int: Int]] {
        let key = [min(row, other), max(row, other)]
        if let found = search.shared[key] { return found }
        let columns = (key[1] == grid.all ? search.inAll : search.block)
            .filter { grid.counts[row][$0] > 0 && grid.counts[other][$0] > 0 }
        let changes = NullSpace.basis(of: sums(over: columns), over: columns)
        search.shared[key] = changes
        return changes
    }

    private func sums(over columns: [Int]) -> [[Int: Int]] {
        factors.filter { sum in columns.contains { sum[$0] != nil } }
    }

    /// Whether a change fits into a row, and what it asks for into another: its opposite into another group, itself
    /// into the row of all together.
    private func fitsBoth(_ change: [Int: Int], _ row: Int, _ other: Int) -> Bool {
        let turn = row == grid.all || other == grid.all ? 1 : -1
        return [1, -1].contains { fits(change, $0, row) && fits(change, turn * $0, other) }
    }

    /// Changes of a block's columns that leave every sum as it is and change this column.
    private func changes(of column: Int, over block: [Int]) -> [[Int: Int]] {
        let others = block.filter { $0 != column }
        let basis = NullSpace.basis(of: sums(over: block), over: others + [column])
        guard let own = basis.first(where: { $0[column] != nil }) else { return [] }
        let mixed = basis.filter { $0[column] == nil }.flatMap { other in
            [1, -1].map { sign in
                own.merging(other.mapValues { $0 * sign }) { $0 + $1 }.filter { $0.value != 0 }
            }
        }
        return [own] + mixed
    }

    /// Whether no count becomes negative.
    private func fits(_ change: [Int: Int], _ sign: Int, _ row: Int) -> Bool {
        change.allSatisfy { grid.counts[row][$0.key] + sign * $0.value >= 0 }
    }
}
