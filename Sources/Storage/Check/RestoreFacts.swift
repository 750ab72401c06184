package import CivilTime
package import SQLite

/// What somebody who restores a backup wants to know of it.
package enum RestoreFacts {
    /// When the last entry of the audit was made.
    package static func lastEntry<Mode>(in db: borrowing Access<Mode>) throws -> Instant? {
        try db.first("SELECT at FROM audit ORDER BY seq DESC LIMIT 1") { try $0.instant(0) }
    }

    /// How many cases are in it, voided ones left out.
    package static func cases<Mode>(in db: borrowing Access<Mode>) throws -> Int {
        try db.first("SELECT count(*) FROM episode WHERE voided_at IS NULL") { try $0.int(0) } ?? 0
    }
}
