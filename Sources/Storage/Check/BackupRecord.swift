package import CivilTime
package import SQLite

/// What the audit says of backups.
package enum BackupRecord {
    /// The action under which a finished backup stands in the audit.
    package static let action = "backup"

    /// When the last backup was finished, if ever.
    package static func last<Mode>(in db: borrowing Access<Mode>) throws -> Instant? {
        try db.first(
            """
            SELECT at FROM audit WHERE action = \(action) AND outcome = 'done' ORDER BY seq DESC LIMIT 1
            """
        ) { try $0.instant(0) }
    }
}
