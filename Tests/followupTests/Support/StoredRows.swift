import CrisisCare
import SQLite
import Storage

/// What stands in an agency's database, read past the program.
enum StoredRows {
    private static func read<Result>(
        _ agency: TestAgency,
        _ body: (borrowing Access<Reading>) throws -> Result
    ) throws -> Result {
        try agency.reading(body)
    }

    /// How many rows the tables of records hold; the audit is not among them.
    static func counts(_ agency: TestAgency) throws -> [String: Int] {
        let counts = try read(agency) { db in
            try db.all(
                """
                SELECT 'site', count(*) FROM site UNION ALL SELECT 'site_town', count(*) FROM site_town
                UNION ALL SELECT 'staff', count(*) FROM staff WHERE retired_at IS NULL
                UNION ALL SELECT 'staff_role', count(*) FROM staff_role
                UNION ALL SELECT 'holiday', count(*) FROM holiday UNION ALL SELECT 'client', count(*) FROM client
                UNION ALL SELECT 'episode', count(*) FROM episode WHERE discharged_at IS NULL
                UNION ALL SELECT 'arrived', count(*) FROM episode WHERE arrived_at IS NOT NULL
                UNION ALL SELECT 'dispatched', count(*) FROM episode WHERE dispatched_at IS NOT NULL
                UNION ALL SELECT 'calls', sum(call_received_at) FROM episode
                UNION ALL SELECT 'visit', count(*) FROM visit WHERE voided_at IS NULL
                UNION ALL SELECT 'window_extension', count(*) FROM window_extension
                UNION ALL SELECT 'deadline', count(*) FROM deadline
                """
            ) { (try $0.text(0), try $0.optionalInt(1) ?? 0) }
        }
        return Dictionary(uniqueKeysWithValues: counts)
    }

    struct AuditRow: Equatable {
        let login: String
        let osUser: String
        let action: String
        let outcome: String
        let detail: String
    }

    /// The entries of the use cases; those of the commands themselves are not among them.
    static func audit(_ agency: TestAgency) throws -> [AuditRow] {
        try linkedAudit(agency).filter { $0.command != nil }.map(\.row)
    }

    struct LinkedAuditRow: Equatable {
        let sequence: Int64
        /// The entry of the command that carried it out; nil for a command's own.
        let command: Int64?
        /// The case that the entry names.
        let caseNumber: String?
        let row: AuditRow
    }

    /// Every entry, those of the commands themselves too.
    static func linkedAudit(_ agency: TestAgency, after sequence: Int64 = 0) throws -> [LinkedAuditRow] {
        try read(agency) { db in
            try db.all(
                """
                SELECT a.seq, a.command, a.login, a.os_user, a.action, a.outcome, a.detail, e.case_order
                FROM audit AS a LEFT JOIN episode AS e ON e.id = a.episode WHERE a.seq > \(sequence) ORDER BY a.seq
                """
            ) { row in
                LinkedAuditRow(
                    sequence: try row.int64(0),
                    command: try row.optionalInt64(1),
                    caseNumber: try row.optionalInt64(7).map { CaseNumber(order: $0).description },
                    row: AuditRow(
                        login: try row.text(2),
                        osUser: try row.text(3),
                        action: try row.text(4),
                        outcome: try row.text(5),
                        detail: try row.text(6)
                    )
                )
            }
        }
    }

    /// The notes of the visits, in the order of their entry.
    static func notes(_ agency: TestAgency) throws -> [String] {
        try read(agency) { db in try db.all("SELECT note FROM visit ORDER BY id") { try $0.text(0) } }
    }

    /// The instants of the visits, in seconds since 1970, in the order of their entry.
    static func visitTimes(_ agency: TestAgency) throws -> [Int64] {
        try read(agency) { db in try db.all("SELECT at FROM visit ORDER BY id") { try $0.int64(0) } }
    }

    /// Why the arrivals were late, in the order of the calls' entry.
    static func lateReasons(_ agency: TestAgency) throws -> [String] {
        try read(agency) { db in try db.all("SELECT late_arrival_reason FROM episode ORDER BY id") { try $0.text(0) } }
    }

    /// The open deadlines of a case as `kind due_at`, by kind.
    static func openDeadlines(_ agency: TestAgency, of number: String) throws -> [String] {
        let parts = number.split(separator: "-").compactMap { Int64($0) }
        let order = parts[0] * 1_000_000_000 + parts[1]
        return try read(agency) { db in
            try db.all("SELECT kind, due_at FROM deadline WHERE case_order = \(order) ORDER BY kind, due_at") {
                "\(try $0.text(0)) \(try $0.int64(1))"
            }
        }
    }

    /// First and last name, caregiver's name and phone of the only episode.
    static func names(_ agency: TestAgency) throws -> [String] {
        try read(agency) { db in
            try db.first(
                """
                SELECT c.first_name, c.last_name, e.caregiver_name, e.caregiver_phone
                FROM episode AS e JOIN client AS c ON c.id = e.client
                """
            ) { row in [try row.text(0), try row.text(1), try row.text(2), try row.text(3)] } ?? []
        }
    }

    /// Gives a case the reference of the source that it might have been imported from.
    static func set(sourceRef: String, of number: String, in agency: TestAgency) throws {
        let parts = number.split(separator: "-").compactMap { Int64($0) }
        let order = parts[0] * 1_000_000_000 + parts[1]
        let connection = try Database.open(agency.database, .readWrite, now: 0, programVersion: "test")
        try connection.write { db in
            _ = try db.execute("UPDATE episode SET source_ref = \(sourceRef) WHERE case_order = \(order)")
        }
    }

    /// Holds the write lock while the body runs, so that another process finds the database busy.
    static func locked(_ agency: TestAgency, _ body: () throws -> Void) throws {
        let connection = try Database.open(agency.database, .readWrite, now: 0, programVersion: "test")
        try connection.write { _ in try body() }
    }
}
