import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// Pitfall 6: a job that died silently. Nothing waits for one, and the one thing that is scheduled says when it last worked.
struct DeadJobTests {
    @Test func `pitfall 6 nothing waits for a job: what falls due while nobody comes is on the first list`()
        throws
    {
        let desk = try CrisisDesk()
        let number = try desk.open("One")
        let before = (try desk.agency.tableCounts(), try desk.deadlines(number))
        // Days without a process; the clock alone makes a deadline overdue, to the second.
        for (time, kinds) in [
            ("2026-11-12T10:40", []), ("2026-11-12T10:40:01", ["first-contact"]),
            ("2026-11-17T23:59:59", ["first-contact"]), ("2026-11-18T00:00", ["first-contact", "safety-plan"]),
            ("2026-12-23T00:00", ["first-contact", "safety-plan", "close"]),
        ] {
            let session = try desk.agency.open(as: "casey", at: desk.instant(time))
            let list = try session.worklist("overdue", WorklistQuery()).0.rows
            #expect(list.map(\.deadline.kind.rawValue) == kinds, "\(time)")
        }
        #expect(try desk.agency.tableCounts() == before.0)
        #expect(try desk.deadlines(number) == before.1)
    }

    @Test func `pitfall 6 the backup of every night is missed aloud, and only a finished one counts`() throws {
        let desk = try BackupDesk()
        let day: Int64 = 24 * 3600
        func finding(after days: Int64) throws -> Finding? {
            try Inspection.run(desk.agency.open(at: desk.agency.now.adding(seconds: days * day)))
                .first { $0.check == "backup" }
        }
        #expect(try finding(after: 0)?.finding == "no backup was ever made")
        for night in 0..<3 as Range<Int64> {
            try desk.backUp("night-\(night).db", after: night * day)
            #expect(try finding(after: night)?.severity == .ok)
        }
        // From then on the job dies each night, in three ways.
        _ = try? desk.backUp("night-0.db", as: "casey", after: 3 * day)
        _ = try? desk.backUp("no/such/folder.db", after: 4 * day)
        try desk.backUp("rehearsed.db", after: 5 * day, isDryRun: true)
        #expect(try finding(after: 3)?.severity == .ok)
        let late = try finding(after: 6)
        #expect(late?.severity == .warning)
        #expect(late?.finding == "the last backup is 4 days old")
        #expect(late?.remedy.contains("followup backup") == true)
        try desk.backUp("at-last.db", after: 6 * day)
        #expect(try finding(after: 6)?.severity == .ok)
    }
}
