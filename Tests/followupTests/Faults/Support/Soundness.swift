import Foundation
import SQLite
import Storage
import Testing

extension TestAgency {
    /// An agency whose files are its owner's alone, as `init` makes them; the copies of a template are not.
    static func sealed() throws -> TestAgency {
        let agency = try TestAgency()
        try agency.seal()
        return agency
    }

    func seal() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: home) {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(home)/\(name)")
        }
    }

    /// The database opens, and `check` finds nothing wrong in file, schema, deadlines and audit.
    func expectSound(_ comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        let result = try run(["check", "--format", "csv"], as: "amy")
        let context = "\(comment())\n\(result.stdout)\(result.stderr)"
        #expect(result.status == 0, Comment(rawValue: context), sourceLocation: sourceLocation)
    }

    /// How often the audit has an action that was carried out.
    func auditCount(of action: String) throws -> Int {
        try StoredRows.audit(self).count { $0.action == action && $0.outcome == "done" }
    }

    /// Reads the database past the program.
    ///
    /// Whoever was killed at the wrong moment leaves a log that only one who may write can make out: SQLite tells
    /// others that they cannot read it either.
    func reading<Result>(_ body: (borrowing Access<Reading>) throws -> Result) throws -> Result {
        do {
            return try Database.open(database, .readOnly, now: 0, programVersion: "test").read(body)
        } catch let error as SQLiteError where error.kind == .readOnly {
            return try Database.open(database, .readWrite, now: 0, programVersion: "test").read(body)
        }
    }

    /// How many rows of each kind the cases have; equal before and after what must not change anything.
    func recordCounts() throws -> [String: Int] {
        let counts = try reading { db in
            try db.all(
                """
                SELECT 'client', count(*) FROM client UNION ALL SELECT 'site', count(*) FROM site
                UNION ALL SELECT 'staff', count(*) FROM staff UNION ALL SELECT 'episode', count(*) FROM episode
                UNION ALL SELECT 'visit', count(*) FROM visit UNION ALL SELECT 'plan', count(*) FROM safety_plan
                UNION ALL SELECT 'referral', count(*) FROM referral
                UNION ALL SELECT 'extension', count(*) FROM window_extension
                UNION ALL SELECT 'deadline', count(*) FROM deadline
                """
            ) { (try $0.text(0), try $0.int(1)) }
        }
        return Dictionary(uniqueKeysWithValues: counts)
    }
}

extension TestAgency {
    /// What lies in the home and is neither the database nor a file that SQLite keeps beside it.
    func strayFiles() throws -> [String] {
        let expected = ["followup.db", "followup.db-wal", "followup.db-shm"]
        return try FileManager.default.contentsOfDirectory(atPath: home).filter { !expected.contains($0) }
    }
}
