package import SQLite

/// The words of the names that an import brings, until they are stored at its end in the order of their index.
///
/// Names come in no order. Stored as they come, each word would touch other pages of the index, which memory does not hold
/// once it has a million words.
package enum NameWordSpool {
    /// Gathers the words of all clients whom the import brought.
    /// - Returns: how many there are.
    package static func fill(in workspace: borrowing Access<Writing>) throws -> Int {
        // Without a key: sorted once, as the rows of `SpoolStore` are.
        try workspace.execute(
            "CREATE TABLE name_word (word TEXT NOT NULL, client INTEGER NOT NULL, other_words TEXT NOT NULL) STRICT"
        )
        var count = 0
        try BroughtClientStore.forEach(in: workspace) { client in
            let rows = NameWordStore.rows(of: client)
            count += rows.count
            for row in rows {
                try workspace.execute(
                    """
                    INSERT INTO name_word (word, client, other_words) VALUES (\(row.word), \(row.client), \(row.others))
                    """
                )
            }
        }
        return count
    }

    /// All words, in the order of their index.
    package static func forEach(in workspace: borrowing Access<Writing>, _ body: (NameWordRow) throws -> Void) throws {
        try workspace.forEach("SELECT word, client, other_words FROM name_word ORDER BY word, client") { row in
            try body(NameWordRow(word: try row.text(0), client: try row.id(1), others: try row.text(2)))
        }
    }
}
