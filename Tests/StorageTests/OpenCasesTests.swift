import CrisisCare
import SQLite
import Storage
import Testing

/// The numbers of the open cases, which the shell asks for at every TAB: their cost must be theirs, not the archive's.
struct OpenCasesTests {
    @Test func `open cases come in order, without discharged and voided ones and those of other sites`() throws {
        let database = try TestDatabase()
        let connection = try database.open()
        let numbers = try connection.write { db in
            try TestDatabase.addEpisodes(5, in: db)
            try db.execute(
                """
                UPDATE episode SET discharged_at = 9, discharged_on = 0,
                    discharge_reason = (SELECT min(id) FROM code WHERE id / 1000 = 5)
                WHERE id = 2
                """
            )
            try db.execute("UPDATE episode SET voided_at = 9, voided_by = 2, void_reason = 'x' WHERE id = 4")
            return [
                try EpisodeStore.openNumbers(at: .all, in: db),
                try EpisodeStore.openNumbers(at: .some([SiteID(Int64(TestDatabase.site))]), in: db),
                try EpisodeStore.openNumbers(at: .some([]), in: db),
            ]
        }
        let open = [1, 3, 5].map { CaseNumber(year: 2026, counter: $0) }
        #expect(numbers == [open, open, []])
    }

    @Test func `they are read from the index over open cases alone`() throws {
        let database = try TestDatabase()
        defer { withExtendedLifetime(database) {} }
        let connection = try database.open()
        try connection.write { db in
            try TestDatabase.addEpisodes(2000, in: db)
            try db.execute("ANALYZE")
            _ = try EpisodeStore.openNumbers(at: .all, in: db)
        }
        let plans = try connection.plans().filter { $0.key.hasPrefix("SELECT site, case_order") }
        #expect(plans.count == 1)
        for plan in plans.values {
            #expect(plan == ["SCAN episode USING INDEX episode_open", "USE TEMP B-TREE FOR ORDER BY"])
        }
    }
}
