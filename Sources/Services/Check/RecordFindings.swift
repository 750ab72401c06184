internal import CivilTime
internal import SQLite
internal import Storage

/// What `check` says of the records and of the backups.
enum RecordFindings {
    /// A backup that is older is worth a warning; arbitrary: a daily one that was missed over a weekend.
    private static let backupDays: Int64 = 3

    static func all(in db: borrowing Access<SQLite.Reading>, now: Instant) throws -> [Finding] {
        [
            finding("orphans", try RecordInspection.orphans(in: db), "every record belongs to one that counts"),
            finding("voided", try RecordInspection.voided(in: db), "what was voided counts nowhere"),
            backup(try BackupRecord.last(in: db), now: now),
        ]
    }

    private static func finding(_ check: String, _ counts: [RecordInspection.Count], _ ok: String) -> Finding {
        guard !counts.isEmpty else { return Finding(check, .ok, ok) }
        return Finding(
            check,
            .error,
            counts.map { "\($0.rows) \($0.what)" }.joined(separator: ", "),
            remedy: "Somebody changed the file by other means: compare it with a backup."
        )
    }

    private static func backup(_ last: Instant?, now: Instant) -> Finding {
        let remedy = "Make one: followup backup FILE, every night with --keep 14."
        guard let last else { return Finding("backup", .warning, "no backup was ever made", remedy: remedy) }
        let hours = (now.seconds - last.seconds) / 3600
        let age = hours < 48 ? "\(max(0, hours)) hours" : "\(hours / 24) days"
        guard hours >= backupDays * 24 else { return Finding("backup", .ok, "the last backup is \(age) old") }
        return Finding("backup", .warning, "the last backup is \(age) old", remedy: remedy)
    }
}
