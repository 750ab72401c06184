internal import CivilTime
internal import CrisisCare
package import SQLite

/// The clients that an import has brought so far, by reference. They are on record only when it ends, and there are too
/// many for memory.
package enum BroughtClientStore {
    static func begin(in workspace: borrowing Access<Writing>) throws {
        try workspace.execute(
            """
            CREATE TABLE brought_client (
                client_ref TEXT PRIMARY KEY, id INTEGER NOT NULL, first_name TEXT NOT NULL, last_name TEXT NOT NULL,
                birth_date INTEGER, sex TEXT NOT NULL
            ) STRICT, WITHOUT ROWID
            """
        )
    }

    package static func add(_ client: ClientRecord, in workspace: borrowing Access<Writing>) throws {
        try workspace.execute(
            """
            INSERT INTO brought_client (client_ref, id, first_name, last_name, birth_date, sex)
            VALUES (
                \(client.clientRef), \(client.id), \(client.firstName), \(client.lastName), \(client.birthDate),
                \(client.sex)
            )
            """
        )
    }

    package static func find(ref: String, in workspace: borrowing Access<Writing>) throws -> ClientRecord? {
        try workspace.first(
            """
            SELECT id, first_name, last_name, birth_date, sex FROM brought_client WHERE client_ref = \(ref)
            """
        ) { row in
            try client(row, ref: ref)
        }
    }

    /// All of them, in no order that matters.
    static func forEach(in workspace: borrowing Access<Writing>, _ body: (ClientRecord) throws -> Void) throws {
        try workspace.forEach(
            "SELECT id, first_name, last_name, birth_date, sex, client_ref FROM brought_client"
        ) { row in
            try body(client(row, ref: try row.text(5)))
        }
    }

    private static func client(_ row: borrowing Statement, ref: String) throws -> ClientRecord {
        ClientRecord(
            id: try row.id(0),
            clientRef: ref,
            firstName: try row.text(1),
            lastName: try row.text(2),
            birthDate: try row.optionalDate(3),
            sex: try row.code(4)
        )
    }
}
