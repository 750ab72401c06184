import CivilTime
import CrisisCare
import SQLite
import Services
import Storage
import Testing

/// A case that a merged client has all the same: the schema refuses it, and `check` finds it.
struct ClientMergeSchemaTests: MergesClients {
    let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    @Test func `a case that a merged client has by other means is found by check`() throws {
        let (one, two) = (try open("Ana", "Jensen"), try open("Eva", "Jensen", call: "2026-11-11T10:00"))
        let (kept, duplicate) = (try ref(one), try ref(two))
        try merge(kept, duplicate)
        let connection = try Database.open(
            desk.agency.path,
            .readWrite,
            now: desk.agency.now.seconds,
            programVersion: ProgramVersion.current
        )
        // The schema refuses it first.
        #expect(throws: SQLiteError.self) {
            try connection.write { db in
                try db.execute(
                    """
                    UPDATE episode SET client = (SELECT id FROM client WHERE client_ref = \(duplicate))
                    WHERE case_order = 2026000000002
                    """
                )
            }
        }
        try connection.write { db in
            try db.execute("DROP TRIGGER episode_moved_to_standing_client")
            try db.execute(
                """
                UPDATE episode SET client = (SELECT id FROM client WHERE client_ref = \(duplicate))
                WHERE case_order = 2026000000002
                """
            )
        }
        #expect(
            try desk.agency.errors().contains("merges: 1 cases belong to a merged client, the first is \(two)")
        )
    }

    @Test func `the schema refuses an episode of a merged client, a merge into one, and a second merge`() throws {
        let numbers = try ["Ana", "Eva", "Ida"].enumerated().map { index, name in
            try open(name, "Jensen", call: "2026-11-1\(index)T10:00")
        }
        let refs = try numbers.map(ref)
        try merge(refs[0], refs[1])
        let ids = try desk.agency.read { db in
            try refs.map { try #require(try ClientStore.find(recordedAs: $0, in: db)).id }
        }
        let staff = try desk.record(numbers[0]).clinician
        let connection = try Database.open(
            desk.agency.path,
            .readWrite,
            now: desk.agency.now.seconds,
            programVersion: ProgramVersion.current
        )
        func insert(_ kept: ClientID, _ duplicate: ClientID) -> Bool {
            let merge = ClientMergeRecord(
                id: RecordID(Int64.random(in: 1...Int64.max)),
                kept: kept,
                duplicate: duplicate,
                mergedAt: desk.agency.now,
                mergedBy: staff,
                reason: "x"
            )
            do {
                try connection.write { db in try ClientMergeStore.insert(merge, moving: [], in: db) }
                return true
            } catch { return false }
        }
        // Ida, who has an episode still, nobody's twice, and nobody into Eva, who is merged.
        #expect(!insert(ids[0], ids[2]))
        #expect(!insert(ids[2], ids[1]))
        #expect(!insert(ids[1], ids[2]))
        #expect(!insert(ids[0], ids[0]))
        var record = try desk.record(numbers[0])
        record.id = EpisodeID(77)
        record.caseNumber = CaseNumber(year: 2026, counter: 77)
        record.client = ids[1]
        #expect(throws: SQLiteError.self) { try connection.write { db in try EpisodeStore.insert(record, in: db) } }
        record.client = ids[2]
        try connection.write { db in try EpisodeStore.insert(record, in: db) }
    }
}
