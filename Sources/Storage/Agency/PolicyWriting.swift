package import CivilTime
package import CrisisCare
package import SQLite

extension PolicyStore {
    /// Takes the policy of a day away, for the one that takes its place.
    package static func remove(
        effectiveFrom day: CivilDate,
        of program: ProgramID,
        in db: borrowing Access<Writing>
    ) throws {
        try db.execute("DELETE FROM policy WHERE program = \(program) AND effective_from = \(day)")
    }

    /// Whether a program has an episode whose call lies between two instants, the second not included. Voided ones
    /// count: their record stays readable by the rules that it was kept under.
    package static func hasEpisode<Mode>(
        of program: ProgramID,
        calledFrom first: Instant,
        before end: Instant,
        in db: borrowing Access<Mode>
    ) throws -> Bool {
        try db.first(
            """
            SELECT 1 FROM episode INDEXED BY episode_by_call
            WHERE call_received_at >= \(first) AND call_received_at < \(end) AND program = \(program)
            """
        ) { _ in true } ?? false
    }
}
