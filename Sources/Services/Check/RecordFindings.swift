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
            try clock(in: db, now: now),
            backup(try BackupRecord.last(in: db), now: now),
        ]
    }

    /// The machine's clock was wrong, or is.
    private static func clock(in db: borrowing Access<SQLite.Reading>, now: Instant) throws -> Finding {
        let early = try RecordInspection.voidedEarly(in: db)
        if !early.isEmpty, try !ClockInspection.wasSetBack(in: db) {
            return finding("clock", early, "")
        }
        if let (count, last) = try ClockInspection.ahead(of: now, in: db) {
            let hours = last.seconds(since: now) / 3600
            let ahead = hours < 48 ? "\(hours) hours" : "\(hours / 24) days"
            return Finding(
                "clock",
                .warning,
                "\(count) audit entries are dated after now, the last by \(ahead): the machine's clock is or was wrong",
                remedy: "Set the clock. If it is right now, look at what was entered: followup audit list."
            )
        }
        guard early.isEmpty else {
            let words = early.map { "\($0.rows) \($0.what)" }.joined(separator: ", ")
            return Finding(
                "clock",
                .warning,
                "\(words): the machine's clock was set back between",
                remedy: "The audit has them in their true order: followup audit list."
            )
        }
        return Finding("clock", .ok, "nothing is dated after now")
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
