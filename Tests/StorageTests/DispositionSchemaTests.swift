import CivilTime
import CrisisCare
import SQLite
import Storage
import Testing

/// What was returned to a call center holds until something of it changes, whoever changes it.
struct DispositionSchemaTests {
    private let database: TestDatabase

    init() throws {
        database = try TestDatabase()
        try database.open().write { db in
            try TestDatabase.addEpisodes(1, in: db)
            try db.execute("UPDATE episode SET transfer_from = '988', transfer_ref = 'A1', arrived_at = 50")
            try DispositionStore.insert(
                RecordID(7),
                of: EpisodeID(1),
                told: "seen, in follow-up",
                at: Instant(seconds: 60),
                by: StaffID(Int64(TestDatabase.staff)),
                in: db
            )
        }
    }

    private func isCurrent(after statement: SQL) throws -> Bool? {
        let connection = try database.open()
        return try connection.write { db in
            try db.execute(statement)
            return try DispositionStore.last(of: EpisodeID(1), in: db)?.isCurrent
        }
    }

    @Test func `what the call center was told holds while only other things change`() throws {
        #expect(try isCurrent(after: "UPDATE episode SET caregiver_phone = '860-555-0142', version = 2") == true)
        // The same values written again, as an update of the whole row does.
        #expect(
            try isCurrent(
                after: "UPDATE episode SET arrived_at = 50, transfer_ref = 'A1', response_mode = 'mobile'"
            ) == true
        )
    }

    @Test(arguments: [
        "UPDATE episode SET arrived_at = 51" as SQL, "UPDATE episode SET transfer_ref = 'A2'",
        "UPDATE episode SET transfer_from = 'info line (2-1-1)'",
        "UPDATE episode SET response_mode = 'deferred mobile'",
        "UPDATE episode SET discharged_at = 60, discharged_on = 0, discharge_reason = 5000",
    ])
    func `what the call center was told is owed again once it no longer holds`(statement: SQL) throws {
        #expect(try isCurrent(after: statement) == false)
    }

    @Test func `what was returned can neither be changed nor removed`() throws {
        for statement in ["UPDATE disposition_return SET disposition = 'x'" as SQL, "DELETE FROM disposition_return"] {
            let connection = try database.open()
            #expect(throws: SQLiteError.self) { try connection.write { db in _ = try db.execute(statement) } }
        }
        let connection = try database.open()
        #expect(throws: SQLiteError.self) {
            try connection.write { db in
                try db.execute(
                    """
                    INSERT INTO disposition_return (id, episode, returned_at, returned_by, disposition)
                    VALUES (8, 1, 5, 2, '')
                    """
                )
            }
        }
    }
}
