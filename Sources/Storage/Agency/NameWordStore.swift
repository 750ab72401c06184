internal import CrisisCare
package import SQLite

/// A word of a client's name, and the other words of it.
package struct NameWordRow: Sendable {
    let word: String
    let client: ClientID
    let others: String
}

/// The words under which clients are found, each beside the other words of the name.
package enum NameWordStore {
    /// The words of a name, each once, and what stands beside it.
    static func rows(of client: ClientRecord) -> [NameWordRow] {
        func row(_ word: String, _ others: String) -> NameWordRow {
            NameWordRow(word: word, client: client.id, others: others)
        }
        let all = NameWords.words(of: client)
        if all.count == 2, all[0] != all[1] { return [row(all[0], all[1]), row(all[1], all[0])] }
        var words: [String] = []
        for word in all where !words.contains(word) { words.append(word) }
        if words.count == 2 { return [row(words[0], words[1]), row(words[1], words[0])] }
        return words.indices.map { place in
            var others = ""
            for other in words.indices where other != place { others += " " + words[other] }
            return row(words[place], others)
        }
    }

    /// Where the rows of names of more than two words stand: no word has a space in it, and the mark is behind the space.
    static let ofLongerNames = (first: " ", end: "!")

    static func insert(wordsOf client: ClientRecord, in db: borrowing Access<Writing>) throws {
        for row in rows(of: client) { try insert(row, in: db) }
    }

    package static func insert(_ row: NameWordRow, in db: borrowing Access<Writing>) throws {
        try db.execute(
            """
            INSERT INTO client_name_word (word, client, other_words)
            VALUES (\(row.word), \(row.client), \(row.others))
            ON CONFLICT (word, client) DO UPDATE SET other_words = excluded.other_words
            """
        )
    }

    static func remove(wordsOf client: ClientRecord, in db: borrowing Access<Writing>) throws {
        for row in rows(of: client) {
            try db.execute("DELETE FROM client_name_word WHERE word = \(row.word) AND client = \(row.client)")
        }
    }

    /// How many words of names are not stored as they are, and how many are stored that no name has.
    package static func differences<Mode>(in db: borrowing Access<Mode>) throws -> (wrong: Int, surplus: Int) {
        var (wrong, known) = (0, 0)
        try ClientStore.forEach(in: db) { client in
            for row in rows(of: client) {
                let stored = try db.first(
                    "SELECT other_words FROM client_name_word WHERE word = \(row.word) AND client = \(row.client)"
                ) { try $0.text(0) }
                if stored != nil { known += 1 }
                if stored.map({ !$0.utf8.elementsEqual(row.others.utf8) }) ?? true { wrong += 1 }
            }
        }
        let all = try db.first("SELECT count(*) FROM client_name_word") { try $0.int(0) } ?? 0
        return (wrong, all - known)
    }

    /// Stores the words of all names anew.
    package static func restore(in db: borrowing Access<Writing>) throws {
        try db.execute("DELETE FROM client_name_word")
        try ClientStore.forEach(in: db) { try insert(wordsOf: $0, in: db) }
    }
}
