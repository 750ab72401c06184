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
        for column in block {
            let changes = changes(of: column, over: block)
            // Zeros need no protection: they are shown elsewhere.
            for row in rows where grid.counts[row][column] > 0 && !isFree(column, row, rows, changes) {
                // Where the row of all together is hidden too, a group's count may change without another's.
                let wider = inAll.contains(column) ? self.changes(of: column, over: inAll) : []
                if !isFree(column, row, [grid.all], wider, isTogether: true) { return Cell(row: row, column: column) }
            }
        }
        for column in inAll where grid.counts[grid.all][column] > 0 {
            let changes = changes(of: column, over: inAll)
            let isFree =
                rows.isEmpty
                ? changes.contains { fits($0, 1, grid.all) || fits($0, -1, grid.all) }
                : isFree(column, grid.all, rows, changes, isTogether: true)
            if !isFree { return Cell(row: grid.all, column: column) }
        }
        return nil
    }

    /// Changes of a block's columns that leave every sum as it is and change this column.
    private func changes(of column: Int, over block: [Int]) -> [[Int: Int]] {
        let others = block.filter { $0 != column }
        let sums = factors.filter { sum in block.contains { sum[$0] != nil } }
        let basis = NullSpace.basis(of: sums, over: others + [column])
        guard let own = basis.first(where: { $0[column] != nil }) else { return [] }
        let mixed = basis.filter { $0[column] == nil }.flatMap { other in
            [1, -1].map { sign in
                own.merging(other.mapValues { $0 * sign }) { $0 + $1 }.filter { $0.value != 0 }
            }
        }
        return [own] + mixed
    }

    /// Whether a change fits into a row and its opposite, or itself, into another.
    private func isFree(
        _ column: Int,
        _ row: Int,
        _ others: [Int],
        _ changes: [[Int: Int]],
        isTogether: Bool = false
    ) -> Bool {
        changes.contains { change in
            [1, -1].contains { sign in
                fits(change, sign, row)
                    && others.contains { $0 != row && fits(change, isTogether ? sign : -sign, $0) }
            }
        }
    }

    /// Whether no count becomes negative.
    private func fits(_ change: [Int: Int], _ sign: Int, _ row: Int) -> Bool {
        change.allSatisfy { grid.counts[row][$0.key] + sign * $0.value >= 0 }
    }
}
