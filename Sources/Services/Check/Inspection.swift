package import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

/// Looks through a whole database: the file, the schema, the rules, the audit.
package struct Inspection {
    /// Where a broken database is mended from.
    static let restore = "Keep this file, and restore the last good backup."

    /// Inspects a database that can be written; audited like every reading.
    package static func run(_ session: borrowing Session) throws -> [Finding] {
        try session.read("check", needing: .inspect) { _ in }
        return try findings(session.connection, session.path, zoneName: session.agency.zone, now: session.now)
    }

    /// Inspects a database that cannot be written, and therefore not audited: no record of a client is shown.
    package static func runReadOnly(_ path: String, now: Instant) throws -> [Finding] {
        let connection = try Database.open(
            path,
            .readOnly,
            now: now.seconds,
            programVersion: ProgramVersion.current
        )
        guard let agency = try connection.read({ db in try AgencyStore.find(in: db) }) else {
            throw ServiceError.notInitialized
        }
        return try findings(connection, path, zoneName: agency.zone, now: now)
    }

    private static func findings(
        _ connection: borrowing Connection,
        _ path: String,
        zoneName: String,
        now: Instant
    ) throws -> [Finding] {
        var findings: [Finding] = []
        findings += try integrity(connection)
        findings += try foreignKeys(connection)
        findings.append(migrations(connection))
        findings.append(try schema(connection))
        findings += try settings(connection)
        findings += FileInspection.findings(of: path, now: now)
        findings += try records(connection, zoneName: zoneName, now: now)
        findings.append(try connection.read { db in try audit(in: db) })
        return findings
    }

    /// What is wrong with the records, and not with the file.
    static func recordErrors(of session: borrowing Session) throws -> [Finding] {
        try records(session.connection, zoneName: session.agency.zone, now: session.now)
            .filter { $0.severity == .error }
    }

    private static func records(
        _ connection: borrowing Connection,
        zoneName: String,
        now: Instant
    ) throws -> [Finding] {
        var findings: [Finding] = []
        do {
            let zone = try Zone(named: zoneName)
            findings += try connection.read { db in try DeadlineInspection.findings(in: db, zone) }
        } catch let error as ZoneError {
            findings.append(
                Finding("zone", .error, error.description, remedy: "Install the system's time zone data (tzdata).")
            )
        }
        findings.append(try connection.read { db in try MergeInspection.finding(in: db) })
        findings.append(try connection.read { db in try EntryInspection.finding(in: db) })
        findings.append(try connection.read { db in try RoleInspection.finding(in: db) })
        findings.append(try connection.read { db in try NameInspection.finding(in: db) })
        return try findings + connection.read { db in try RecordFindings.all(in: db, now: now) }
    }

    private static func integrity(_ connection: borrowing Connection) throws -> [Finding] {
        let problems = try connection.integrityCheck()
        if problems.isEmpty { return [Finding("integrity", .ok, "the file is sound")] }
        // The words of the check name tables and pages, and could name values: their number is enough here.
        return [Finding("integrity", .error, "\(problems.count) problems in the file", remedy: restore)]
    }

    private static func foreignKeys(_ connection: borrowing Connection) throws -> [Finding] {
        let problems = try connection.foreignKeyCheck()
        if problems.isEmpty { return [Finding("references", .ok, "every record that is pointed to exists")] }
        let tables = Set(problems.map(\.table)).sorted().joined(separator: ", ")
        return [Finding("references", .error, "\(problems.count) broken references in \(tables)", remedy: restore)]
    }

    private static func schema(_ connection: borrowing Connection) throws -> Finding {
        let comparison = try connection.read { db in try SchemaComparison(of: db) }
        if comparison.isSame { return Finding("schema", .ok, "the tables are those that the migrations make") }
        var words: [String] = []
        if let first = comparison.missingOrChanged.first {
            words.append("\(comparison.missingOrChanged.count) parts are missing or changed, the first is \(first)")
        }
        if comparison.added > 0 { words.append("\(comparison.added) parts were added by other means") }
        return Finding(
            "schema",
            .error,
            words.joined(separator: "; "),
            remedy: "Somebody changed the file by other means: compare it with a backup."
        )
    }

    private static func migrations(_ connection: borrowing Connection) -> Finding {
        do {
            try Database.verifySchema(of: connection)
            return Finding("migrations", .ok, "every step is the program's")
        } catch {
            return Finding(
                "migrations",
                .error,
                "the steps that made the schema are not this program's",
                remedy: "Use the program that made it, or restore a backup."
            )
        }
    }

    private static func settings(_ connection: borrowing Connection) throws -> [Finding] {
        let wrong = try connection.settings().filter { !$0.isRight }
        if wrong.isEmpty { return [Finding("settings", .ok, "every safety setting is in force")] }
        return wrong.map {
            Finding(
                "settings",
                .error,
                "\($0.name) is \($0.actual), not \($0.expected)",
                remedy: "This system's SQLite does not keep it: report this."
            )
        }
    }

    private static func audit(in db: borrowing Access<SQLite.Reading>) throws -> Finding {
        let verification = try AuditVerification(of: db)
        if let first = verification.damages.first {
            let count = verification.damages.count
            return Finding(
                "audit",
                .error,
                "the audit is not what was written: \(first)" + (count > 1 ? "; \(count) damages in all" : ""),
                remedy: "Somebody changed the file by other means: see followup audit verify, and a backup."
            )
        }
        return Finding("audit", .ok, "the chain of the audit is whole")
    }
}
