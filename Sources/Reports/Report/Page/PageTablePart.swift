/// A long table in parts that stand beside each other: 169 towns below one another would be three pages of margin.
struct PageTablePart {
    /// More rows than these are divided; arbitrary, about a page of Letter.
    private static let most = 40

    let caption: String
    let rows: [[PageCell]]

    /// - Parameter rows: the first cell of each names it; a part is captioned by the names of its first and last row.
    static func of(_ rows: [[PageCell]], named name: String) -> [PageTablePart] {
        guard rows.count > most else { return rows.isEmpty ? [] : [PageTablePart(caption: name, rows: rows)] }
        let parts = (rows.count + most - 1) / most
        let length = (rows.count + parts - 1) / parts
        return stride(from: 0, to: rows.count, by: length).map { start in
            let part = Array(rows[start..<min(start + length, rows.count)])
            let ends = [part.first, part.last].compactMap { $0?.first?.text }
            return PageTablePart(caption: "\(name): \(ends.joined(separator: " to "))", rows: part)
        }
    }
}
