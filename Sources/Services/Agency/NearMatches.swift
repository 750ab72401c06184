/// Finds what somebody may have meant by a text that is on no list.
package enum NearMatches {
    /// How many suggestions help without being a list of their own; arbitrary.
    private static let most = 3

    /// The candidates nearest to a text: by beginning, by containing it, then by few letters of difference.
    package static func of(_ text: String, in candidates: [String]) -> [String] {
        let wanted = text.lowercased()
        let ranked = candidates.compactMap { candidate -> (rank: Int, text: String)? in
            let known = candidate.lowercased()
            if !wanted.isEmpty, known.hasPrefix(wanted) || wanted.hasPrefix(known) { return (0, candidate) }
            if !wanted.isEmpty, known.contains(wanted) || wanted.contains(known) { return (1, candidate) }
            let distance = EditDistance.between(wanted, known)
            return distance <= max(2, wanted.count / 3) ? (1 + distance, candidate) : nil
        }
        return ranked.sorted { ($0.rank, $0.text) < ($1.rank, $1.text) }.prefix(most).map(\.text)
    }

    /// All candidates, the nearest ones first and the others as they were.
    package static func first(_ text: String, in candidates: [String]) -> [String] {
        let near = of(text, in: candidates)
        return near + candidates.filter { !near.contains($0) }
    }
}

/// How many letters have to be added, removed or replaced to make one text of another.
package enum EditDistance {
    package static func between(_ left: String, _ right: String) -> Int {
        let left = Array(left)
        let right = Array(right)
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in right.enumerated() {
                let replaced = diagonal + (letter == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
