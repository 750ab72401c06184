import CivilTime
import CrisisCare
import Foundation
import SQLite
import Services
import Storage

/// Gives a database a table of all deadlines that the rules give for its cases, ended ones with when and why.
///
/// The program stores the open ones alone, and computes the others from the facts where it shows or counts them. SQL
/// that counts the same has to find them somewhere.
func storeAllDeadlines(in path: String) throws {
    let now = SystemClock.currentInstant()
    let connection = try Database.open(path, .readWrite, now: now.seconds, programVersion: "bench")
    try connection.write { db in
        let columns: SQL = """
            episode INTEGER NOT NULL, kind TEXT NOT NULL, started_by INTEGER NOT NULL, due_at INTEGER NOT NULL,
            ended_at INTEGER, ended_by TEXT
            """
        try db.execute("CREATE TEMP TABLE found (\(columns))")
        try forEachDeadline(in: db) { episode, deadline in
            let (endedAt, endedBy) = end(of: deadline)
            try db.execute(
                """
                INSERT INTO found VALUES (
                    \(episode), \(deadline.kind), \(deadline.startedBy), \(deadline.dueAt), \(endedAt), \(endedBy)
                )
                """
            )
        }
        // In the order of the key, so that its pages are full and lie in a row.
        try db.execute(
            """
            CREATE TABLE ruled_deadline (
                \(columns), PRIMARY KEY (episode, kind, started_by)
            ) STRICT, WITHOUT ROWID
            """
        )
        try db.execute("INSERT INTO ruled_deadline SELECT * FROM found ORDER BY episode, kind, started_by")
    }
}

private func forEachDeadline(
    in db: borrowing Access<Writing>,
    _ body: (EpisodeID, Deadline) throws -> Void
) throws {
    guard let agency = try AgencyStore.find(in: db) else { throw Misuse() }
    let zone = try Zone(named: agency.zone)
    let policies = try PolicyStore.book(in: db)
    let holidays = try HolidayStore.days(in: db)
    try EpisodeStore.forEach(calledFrom: .distantPast, before: .distantFuture, at: .all, in: db) { record in
        guard let policy = policies.policy(of: record.program, on: zone.date(of: record.callReceivedAt)) else {
            throw Misuse()
        }
        let history = try HistoryStore.history(of: record, in: db)
        for deadline in history.deadlines(under: Practice(policy: policy, zone: zone, holidays: holidays)) {
            try body(record.id, deadline)
        }
    }
}

private func end(of deadline: Deadline) -> (Instant?, String?) {
    switch deadline.outcome {
    case .open: (nil, nil)
    case .met(let at): (at, "met")
    case .cancelled(let at, let reason): (at, reason.rawValue)
    }
}
