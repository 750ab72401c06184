import CivilTime
import CrisisCare
import SQLite
import Storage
import Testing

/// How the episodes of a period are shared among readers.
struct PeriodShareTests {
    @Test(arguments: [1, 5_000, 20_000])
    func `shares have no episode in common, and together all of the period`(count: Int) throws {
        let database = try TestDatabase()
        defer { withExtendedLifetime(database) {} }
        let connection = try database.open()
        try connection.write { db in
            try TestDatabase.addEpisodes(count, in: db)
            // Keys follow the entry: here the second half of the calls was entered before the first.
            try db.execute("UPDATE episode SET call_received_at = (id * 7919 + \(count / 2)) % \(count)")
            try db.execute("DELETE FROM deadline")
        }
        try connection.read { db in
            let (first, end) = (Instant(seconds: Int64(count / 10)), Instant(seconds: Int64(count)))
            let shares = try PeriodShare.all(calledFrom: first, before: end, in: db)
            #expect(count < 10_000 ? shares.count == 1 : shares.count > 2)
            var keys: [Int64] = []
            for share in shares {
                try MeasuredRowStore.forEach(of: share, asOf: .distantFuture, at: .all, in: db) { row in
                    keys.append(row.id.value)
                }
            }
            let expected = try db.all(
                "SELECT id FROM episode WHERE call_received_at >= \(count / 10) AND call_received_at < \(count) ORDER BY id"
            ) { try $0.int64(0) }
            #expect(keys == expected)
        }
    }

    @Test func `a period without episodes has no share`() throws {
        let database = try TestDatabase()
        defer { withExtendedLifetime(database) {} }
        let connection = try database.open()
        try connection.read { db in
            let shares = try PeriodShare.all(calledFrom: .distantPast, before: .distantFuture, in: db)
            #expect(shares.isEmpty)
        }
    }
}
