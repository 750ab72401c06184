/// What went wrong in the database, without a single stored or bound value: those are health data.
package struct SQLiteError: Error, Sendable {
    /// SQLite's primary result code; 0 when the refusal is this module's own.
    package let code: Int32

    /// SQLite's extended result code; 0 when the refusal is this module's own.
    package let extendedCode: Int32

    package let kind: Kind

    /// For the log: SQLite's own words for a violated constraint or SQL that does not compile, else a fixed phrase.
    package let message: String

    /// The statement with `?1`, `?2` … in place of its values; empty when no statement was running.
    package let sql: String

    package init(code: Int32 = 0, extendedCode: Int32 = 0, kind: Kind, message: String, sql: String = "") {
        self.code = code
        self.extendedCode = extendedCode
        self.kind = kind
        self.message = message
        self.sql = sql
    }

    package enum Kind: Sendable, Equatable {
        /// Not a SQLite file, an empty one, or the database of another program.
        case notADatabase
        case corrupt
        /// A later version of the program has upgraded the database.
        case newerThanProgram
        case readOnly
        /// Another connection held the lock past the deadline.
        case busy
        /// The drive gives nobody a lock, as a network drive whose lock service has failed.
        case locksRefused
        /// The disk, a quota or the page limit.
        case full
        case inputOutput
        /// The machine gives the program no more memory.
        case outOfMemory
        /// The constraint, or the `table.column` list, as the schema names it.
        case constraint(String)
        case cannotOpen(Obstacle)
        /// Others on the machine have rights on the file, or on what lies beside it.
        case openToOthers
        /// Another file took the place of the open one, as when a backup is restored.
        case replaced
        case interrupted
        /// The named migration was applied with another text.
        case changedMigration(String)
        /// The named migration was applied and the program does not have it.
        case missingMigration(String)
        /// The named migration could not be applied; nothing of it was kept.
        case failedMigration(String)
        /// The named setting could not be made what it must be.
        case setting(String)
        /// A value or a row above the limit of 16 MB.
        case tooBig
        /// The column of that index, from 0, does not hold what the program stores there.
        case unexpectedValue(column: Int)
        /// A mistake of the program, found before anything was changed.
        case misuse
        case other
    }

    /// Why a file could not be opened.
    package enum Obstacle: Sendable, Equatable {
        case missing
        case isDirectory
        case alreadyExists
        case noPermission
        case other
    }
}
