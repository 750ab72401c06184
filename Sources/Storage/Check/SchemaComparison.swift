package import SQLite

/// How the tables, indexes, triggers and views of a database differ from those that the migrations make.
package struct SchemaComparison: Sendable {
    /// Names of what is missing or reads otherwise. They are the program's own.
    package let missingOrChanged: [String]
    /// How many there are besides; their names are somebody else's words.
    package let added: Int

    package var isSame: Bool { missingOrChanged.isEmpty && added == 0 }

    /// Compares with a database that is made for it in memory.
    package init<Mode>(of db: borrowing Access<Mode>) throws {
        let fresh = try Database.fresh()
        let expected = try fresh.read { db in try Self.objects(in: db) }
        let found = try Self.objects(in: db)
        missingOrChanged = expected.filter { found[$0.key] != $0.value }.keys.map(\.name).sorted()
        added = found.count { expected[$0.key] == nil }
    }

    private struct Key: Hashable {
        let kind: String
        let name: String
    }

    /// What SQLite makes by itself, such as the statistics of ANALYZE, has names of its own and is left out.
    private static func objects<Mode>(in db: borrowing Access<Mode>) throws -> [Key: String] {
        let objects = try db.all(
            """
            SELECT type, name, tbl_name || ': ' || coalesce(sql, '') FROM sqlite_schema
            WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
            """
        ) { (Key(kind: try $0.text(0), name: try $0.text(1)), try $0.text(2)) }
        return Dictionary(objects) { first, _ in first }
    }
}
