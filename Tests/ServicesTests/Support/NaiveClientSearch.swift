import Storage

/// The search for clients by name, told a second way: everybody is looked at, and nothing is remembered.
struct NaiveClientSearch {
    struct Client {
        /// Its key, by which those of one word come.
        var id: Int64
        var name: String
    }

    /// All on record, those who were merged too.
    var clients: [Client]
    /// Of those who were merged, who was kept.
    var kept: [Int64: Int64] = [:]

    /// Whom a text may mean, the exact ones first, each once.
    func find(_ text: String) -> [(id: Int64, isNear: Bool)] {
        let sought = NameWords.words(of: text)
        var found: [(id: Int64, isNear: Bool)] = []
        for isNear in [false, true] {
            for var id in answering(sought, nearToo: isNear) {
                while let next = kept[id] { id = next }
                if !found.contains(where: { $0.id == id }) { found.append((id, isNear)) }
            }
        }
        return found
    }

    /// In the order of the quick search, a client once for every word of the rarest.
    func answering(_ sought: [String], nearToo: Bool) -> [Int64] {
        let columns = sought.map { rows(answering: $0, nearToo: nearToo) }
        guard let rarest = columns.indices.min(by: { columns[$0].count < columns[$1].count }) else { return [] }
        return columns[rarest].filter { id in
            columns.indices.allSatisfy { columns[$0].contains(id) }
        }
    }

    /// Who has a word that begins with the one sought, by that word, and then who has a near one.
    private func rows(answering sought: String, nearToo: Bool) -> [Int64] {
        var rows: [(isNear: Bool, word: String, id: Int64)] = []
        for client in clients {
            for word in Set(NameWords.words(of: client.name)) {
                if word.utf8.starts(with: sought.utf8) { rows.append((false, word, client.id)) }
                if nearToo, Self.isOneSlip(sought, word) { rows.append((true, word, client.id)) }
            }
        }
        rows.sort { left, right in
            if left.isNear != right.isNear { return right.isNear }
            let (one, other) = (Array(left.word.utf8), Array(right.word.utf8))
            return one == other ? left.id < right.id : one.lexicographicallyPrecedes(other)
        }
        return rows.map(\.id)
    }

    /// What becomes the other word by one letter added, left out or replaced, or by two neighbors exchanged.
    static func isOneSlip(_ sought: String, _ known: String) -> Bool {
        let (left, right) = (Array(sought.unicodeScalars), Array(known.unicodeScalars))
        guard left.count >= 3, left != right else { return false }
        if left.count == right.count {
            let places = left.indices.filter { left[$0] != right[$0] }
            if places.count == 1 { return true }
            return places.count == 2 && places[1] == places[0] + 1 && left[places[0]] == right[places[1]]
                && left[places[1]] == right[places[0]]
        }
        let (shorter, longer) = left.count < right.count ? (left, right) : (right, left)
        guard longer.count == shorter.count + 1 else { return false }
        return longer.indices.contains { place in
            var cut = longer
            cut.remove(at: place)
            return cut == shorter
        }
    }
}
