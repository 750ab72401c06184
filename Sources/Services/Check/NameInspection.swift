internal import SQLite
internal import Storage

/// Looks whether every client is found by the words of the name, and by no others.
enum NameInspection {
    static func finding(in db: borrowing Access<SQLite.Reading>) throws -> Finding {
        let (wrong, surplus) = try NameWordStore.differences(in: db)
        guard wrong > 0 || surplus > 0 else {
            return Finding("names", .ok, "every client is found by the words of the name")
        }
        var words: [String] = []
        if wrong > 0 { words.append("\(wrong) words of clients' names are missing or wrong in the index of names") }
        if surplus > 0 { words.append("\(surplus) words in the index of names are of no client's name") }
        return Finding(
            "names",
            .error,
            words.joined(separator: "; "),
            remedy: "Somebody changed the file by other means: compare it with a backup."
        )
    }

    /// Stores the words of the names anew if they are not what the names give.
    static func mend(in db: borrowing Access<Writing>) throws {
        guard try NameWordStore.differences(in: db) != (0, 0) else { return }
        try NameWordStore.restore(in: db)
    }
}
