import CivilTime
import CrisisCare
import SQLite
import Storage
import Testing

/// Damage done to the audit past the program and its triggers, each kind planted by hand: what was done, and where.
struct AuditVerificationTests {
    /// Entries of the audit in these tests.
    private static let count = 20

    private static func audit() throws -> TestDatabase {
        let database = try TestDatabase()
        let connection = try database.open()
        try connection.write { db in
            var chain = AuditChain.empty
            for number in 1...count {
                let entry = AuditEntry(
                    at: Instant(seconds: Int64(1000 + number)),
                    actor: nil,
                    login: "casey",
                    osUser: "tester",
                    action: "visit log",
                    outcome: "done",
                    detail: "{\"n\":[null,\(number)]}",
                    programVersion: "test"
                )
                try chain.append(entry, in: db)
            }
        }
        return database
    }

    /// What is found after the triggers were taken away and the statements run.
    private static func verification(
        after damage: [SQL],
        lookingFor noted: [UInt8]? = nil
    ) throws -> AuditVerification {
        let database = try audit()
        let connection = try database.open()
        try connection.write { db in
            try db.execute("DROP TRIGGER audit_is_not_changed")
            try db.execute("DROP TRIGGER audit_is_not_deleted")
            try db.execute("DROP TRIGGER audit_has_no_gap")
            for statement in damage { try db.execute(statement) }
        }
        return try connection.read { db in try AuditVerification(of: db, lookingFor: noted) }
    }

    private static func hash(of sequence: Int) throws -> [UInt8] {
        let database = try audit()
        let connection = try database.open()
        return try connection.read { db in
            try db.first("SELECT hash FROM audit WHERE seq = \(sequence)") { row in
                let bytes = try row.bytes(0)
                return bytes.indices.map { bytes[$0] }
            } ?? []
        }
    }

    private static let renumberDown: SQL = "UPDATE audit SET seq = seq + 999 WHERE seq > 9"
    private static let renumberUp: SQL = "UPDATE audit SET seq = seq + 1001 WHERE seq > 9"
    private static let back: SQL = "UPDATE audit SET seq = seq - 1000 WHERE seq > 1000"
    private static let forged: SQL = """
        INSERT INTO audit (seq, at, login, os_user, action, outcome, detail, program_version, hash)
        SELECT 10, at, login, os_user, 'forged', outcome, detail, program_version, hash FROM audit WHERE seq = 9
        """
    private static let aside: SQL = "UPDATE audit SET seq = 500 WHERE seq = 5"

    @Test func `an audit that nobody touched is whole, and says where it ends`() throws {
        let found = try Self.verification(after: [])
        #expect(found.damages == [])
        #expect(found.entries == 20 && found.head.sequence == 20)
        #expect(try found.head.hash == Self.hash(of: 20))
    }

    @Test func `an empty audit is whole and has no head`() throws {
        let database = try TestDatabase()
        let connection = try database.open()
        let found = try connection.read { db in try AuditVerification(of: db) }
        #expect(found.damages == [] && found.entries == 0 && found.head.sequence == 0)
    }

    @Test(arguments: [1, 2, 10, 19, 20])
    func `a changed entry is named, whatever of it was changed`(place: Int) throws {
        let changes: [SQL] = [
            "UPDATE audit SET detail = '' WHERE seq = \(place)", "UPDATE audit SET at = at - 1 WHERE seq = \(place)",
            "UPDATE audit SET actor = 2 WHERE seq = \(place)", "UPDATE audit SET login = 'sam' WHERE seq = \(place)",
            "UPDATE audit SET os_user = 'root' WHERE seq = \(place)",
            "UPDATE audit SET action = 'visit list' WHERE seq = \(place)",
            "UPDATE audit SET outcome = 'failed' WHERE seq = \(place)",
            "UPDATE audit SET episode = 7 WHERE seq = \(place)", "UPDATE audit SET record = 7 WHERE seq = \(place)",
            "UPDATE audit SET command = 3 WHERE seq = \(place)",
            "UPDATE audit SET program_version = '9' WHERE seq = \(place)",
            "UPDATE audit SET hash = zeroblob(32) WHERE seq = \(place)",
        ]
        for change in changes {
            #expect(try Self.verification(after: [change]).damages == [.changed(Int64(place))], "\(change)")
        }
    }

    @Test func `several changed entries are each named`() throws {
        let found = try Self.verification(after: ["UPDATE audit SET detail = 'x' WHERE seq IN (3, 4, 17)"])
        #expect(found.damages == [.changed(3), .changed(4), .changed(17)])
    }

    @Test func `removed entries are named by the numbers that are missing`() throws {
        #expect(try Self.verification(after: ["DELETE FROM audit WHERE seq = 10"]).damages == [.removed(10...10)])
        #expect(
            try Self.verification(after: ["DELETE FROM audit WHERE seq IN (4, 5, 6, 12)"]).damages
                == [.removed(4...6), .removed(12...12)]
        )
        #expect(try Self.verification(after: ["DELETE FROM audit WHERE seq = 1"]).damages == [.removed(1...1)])
    }

    @Test func `entries that were renumbered behind a removed one tell where it was`() throws {
        let found = try Self.verification(after: ["DELETE FROM audit WHERE seq = 9", Self.renumberDown, Self.back])
        #expect(found.damages == [.removedBefore(9, count: 1)])
        let three = try Self.verification(after: [
            "DELETE FROM audit WHERE seq IN (9, 10, 11)", "UPDATE audit SET seq = seq + 997 WHERE seq > 11", Self.back,
        ])
        #expect(three.damages == [.removedBefore(9, count: 3)])
    }

    @Test func `an inserted entry is named when those behind were renumbered`() throws {
        let found = try Self.verification(after: [Self.renumberUp, Self.back, Self.forged])
        #expect(found.damages == [.inserted(10...10)])
    }

    @Test func `an entry that was put behind the last without its hash is named`() throws {
        let last: SQL = """
            INSERT INTO audit (seq, at, login, os_user, action, outcome, detail, program_version, hash)
            SELECT 21, at, login, os_user, 'forged', outcome, detail, program_version, hash FROM audit WHERE seq = 20
            """
        #expect(try Self.verification(after: [last]).damages == [.changed(21)])
    }

    @Test func `entries in each other's place are named, next to each other and far apart`() throws {
        for other in [6, 7, 15, 20] {
            let found = try Self.verification(after: [
                Self.aside, "UPDATE audit SET seq = 5 WHERE seq = \(other)",
                "UPDATE audit SET seq = \(other) WHERE seq = 500",
            ])
            #expect(found.damages == [.exchanged(5, Int64(other))])
        }
    }

    @Test func `entries that exchanged their contents and kept their hashes are named`() throws {
        let found = try Self.verification(after: [
            """
            UPDATE audit SET detail = (SELECT detail FROM audit WHERE seq = 3),
                at = (SELECT at FROM audit WHERE seq = 3)
            WHERE seq = 11
            """,
            "UPDATE audit SET detail = '{\"n\":[null,11]}', at = 1011 WHERE seq = 3",
        ])
        #expect(found.damages == [.exchanged(3, 11)])
    }

    @Test func `an entry that was moved among the others is a new order`() throws {
        let found = try Self.verification(after: [
            Self.aside, "UPDATE audit SET seq = seq - 1 WHERE seq IN (6, 7, 8)",
            "UPDATE audit SET seq = 8 WHERE seq = 500",
        ])
        #expect(found.damages == [.reordered([5, 6, 7, 8])])
    }

    @Test func `a head that was noted is found where it was, and not in an audit that was cut before it`() throws {
        for place in [1, 13, 20] {
            let noted = try Self.hash(of: place)
            #expect(try Self.verification(after: [], lookingFor: noted).noted == Int64(place))
        }
        let noted = try Self.hash(of: 18)
        let cut = try Self.verification(after: ["DELETE FROM audit WHERE seq > 17"], lookingFor: noted)
        #expect(cut.damages == [], "the end of a chain that was cut cannot be seen in it")
        #expect(cut.noted == nil)
    }

    @Test func `an audit that was written anew from one entry on has lost the head`() throws {
        let noted = try Self.hash(of: 20)
        let database = try Self.audit()
        let connection = try database.open()
        try connection.write { db in
            var entries: [AuditEntry] = []
            try AuditStore.forEach(in: db) { entries.append($0.entry) }
            try db.execute("DROP TRIGGER audit_is_not_deleted")
            try db.execute("DELETE FROM audit")
            entries[9].detail = "a lie"
            var chain = AuditChain.empty
            for entry in entries { try chain.append(entry, in: db) }
        }
        let found = try connection.read { db in try AuditVerification(of: db, lookingFor: noted) }
        #expect(found.damages == [], "whoever writes all of it anew makes a chain that is whole")
        #expect(found.noted == nil)
    }

    @Test func `the damage is told in words that name entries and nothing of what they say`() {
        let damages: [(AuditDamage, String, Int64)] = [
            (.changed(3), "changed", 3), (.removed(3...3), "removed", 3), (.removed(3...5), "removed", 3),
            (.removedBefore(3, count: 2), "removed", 3), (.inserted(3...3), "inserted", 3),
            (.inserted(3...4), "inserted", 3), (.exchanged(3, 9), "reordered", 3),
            (.reordered([4, 3]), "reordered", 3),
        ]
        for (damage, code, place) in damages {
            #expect(damage.code == code && damage.sequence == place)
            #expect(damage.description.contains("\(place)"))
        }
    }
}
