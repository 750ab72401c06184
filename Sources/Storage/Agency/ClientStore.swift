package import CivilTime
package import CrisisCare
package import SQLite

package struct ClientRecord: Hashable, Sendable {
    package var id: ClientID
    package var clientRef: String
    package var firstName: String
    package var lastName: String
    package var birthDate: CivilDate?
    package var sex: Sex

    package init(
        id: ClientID,
        clientRef: String,
        firstName: String,
        lastName: String,
        birthDate: CivilDate?,
        sex: Sex
    ) {
        self.id = id
        self.clientRef = clientRef
        self.firstName = firstName
        self.lastName = lastName
        self.birthDate = birthDate
        self.sex = sex
    }

    /// Last name, first name; what is missing leaves no comma behind.
    package var displayName: String {
        Self.displayName(last: lastName, first: firstName)
    }

    package static func displayName(last: String, first: String) -> String {
        last.isEmpty || first.isEmpty ? last + first : "\(last), \(first)"
    }
}

package enum ClientStore {
    package static func find<Mode>(_ id: ClientID, in db: borrowing Access<Mode>) throws -> ClientRecord? {
        try db.first(
            "SELECT id, client_ref, first_name, last_name, birth_date, sex FROM client WHERE id = \(id)",
            client
        )
    }

    /// The client whom a reference stands for: that of a merged client finds the one who was kept.
    package static func find<Mode>(ref: String, in db: borrowing Access<Mode>) throws -> ClientRecord? {
        guard let client = try find(recordedAs: ref, in: db) else { return nil }
        let standing = try ClientMergeStore.standing(for: client.id, in: db)
        return standing == client.id ? client : try find(standing, in: db)
    }

    /// The row of a reference, be it merged into another or not.
    package static func find<Mode>(recordedAs ref: String, in db: borrowing Access<Mode>) throws -> ClientRecord? {
        try db.first(
            "SELECT id, client_ref, first_name, last_name, birth_date, sex FROM client WHERE client_ref = \(ref)",
            client
        )
    }

    /// Who was born on a day, in the order of entry.
    package static func born<Mode>(on day: CivilDate, in db: borrowing Access<Mode>) throws -> [ClientID] {
        try db.all("SELECT id FROM client WHERE birth_date = \(day) ORDER BY id") { try $0.id(0) }
    }

    /// The names of those who were born on a day, in no order: from the index alone, because to look up each of them
    /// costs more the more clients there are.
    package static func names<Mode>(bornOn day: CivilDate, in db: borrowing Access<Mode>) throws -> ClientNames {
        var names = ClientNames()
        try db.forEach("SELECT id, first_name, last_name FROM client WHERE birth_date = \(day)") { row in
            try names.append(row)
        }
        return names
    }

    package static func forEach<Mode>(
        in db: borrowing Access<Mode>,
        _ body: (ClientRecord) throws -> Void
    ) throws {
        try db.forEach("SELECT id, client_ref, first_name, last_name, birth_date, sex FROM client ORDER BY id") { row in
            try body(client(row))
        }
    }

    package static func count<Mode>(in db: borrowing Access<Mode>) throws -> Int {
        try db.first("SELECT count(*) FROM client") { try $0.int(0) } ?? 0
    }

    /// How often a client's record was written: an edit that read another version is stale.
    package static func version<Mode>(of id: ClientID, in db: borrowing Access<Mode>) throws -> Int {
        try db.first("SELECT version FROM client WHERE id = \(id)") { try $0.int(0) } ?? 0
    }

    private static func client(_ row: borrowing Statement) throws -> ClientRecord {
        ClientRecord(
            id: try row.id(0),
            clientRef: try row.text(1),
            firstName: try row.text(2),
            lastName: try row.text(3),
            birthDate: try row.optionalDate(4),
            sex: try row.code(5)
        )
    }

    package static func insert(_ client: ClientRecord, at now: Instant, in db: borrowing Access<Writing>) throws {
        try insertRow(client, at: now, in: db)
        try NameWordStore.insert(wordsOf: client, in: db)
    }

    /// The row alone: who calls this stores the words of the name as well.
    package static func insertRow(_ client: ClientRecord, at now: Instant, in db: borrowing Access<Writing>) throws {
        try db.execute(
            """
            INSERT INTO client (id, client_ref, first_name, last_name, birth_date, sex, created_at, version)
            VALUES (
                \(client.id), \(client.clientRef), \(client.firstName), \(client.lastName), \(client.birthDate),
                \(client.sex), \(now), 1
            )
            """
        )
    }

    /// Writes what may change of a client.
    /// - Returns: whether the row still had the version that was read; if not, nothing was written.
    package static func update(
        _ client: ClientRecord,
        from old: ClientRecord,
        readAtVersion version: Int,
        in db: borrowing Access<Writing>
    ) throws -> Bool {
        let changed = try db.execute(
            """
            UPDATE client SET
                first_name = \(client.firstName), last_name = \(client.lastName), birth_date = \(client.birthDate),
                sex = \(client.sex), version = \(version + 1)
            WHERE id = \(client.id) AND version = \(version)
            """
        )
        guard changed == 1 else { return false }
        try NameWordStore.remove(wordsOf: old, in: db)
        try NameWordStore.insert(wordsOf: client, in: db)
        return true
    }

    /// Makes a version of its own for a merge or its undoing, so that an edit that read the one before is stale.
    package static func update(
        _ id: ClientID,
        toVersion version: Int,
        in db: borrowing Access<Writing>
    ) throws {
        try db.execute("UPDATE client SET version = \(version) WHERE id = \(id)")
    }
}
