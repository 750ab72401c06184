package import CivilTime
package import SQLite
internal import Services
package import Storage

/// A reader beside the first, with a connection of its own to the same file.
package enum SecondReader {
    /// Lets `body` read the snapshot that the first reader has.
    ///
    /// - Parameters:
    ///   - path: the file that the first reader has opened.
    ///   - snapshot: the end of the audit as the first reader sees it. Every write leaves an entry, so whoever sees the
    ///     same end sees the same record.
    /// - Returns: `nil` without a call of `body` when somebody wrote meanwhile, and when the file cannot be opened a
    ///   second time: the first reader does all of it then.
    package static func read<Result>(
        _ path: String,
        _ snapshot: AuditChain,
        now: Instant,
        _ body: (borrowing Access<SQLite.Reading>) throws -> Result
    ) throws -> Result? {
        var hasBegun = false
        do {
            let connection = try Database.open(
                path,
                .readOnly,
                now: now.seconds,
                programVersion: ProgramVersion.current
            )
            return try connection.read { db in
                guard try AuditChain.end(in: db) == snapshot else { return nil }
                hasBegun = true
                return try body(db)
            }
        } catch {
            if hasBegun { throw error }
            return nil
        }
    }
}
