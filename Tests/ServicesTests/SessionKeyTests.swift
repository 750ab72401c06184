import CivilTime
import CrisisCare
import SQLite
import Services
import Storage
import Testing

/// Keys tell the order of entry, and are never the same.
struct SessionKeyTests {
    @Test func `the keys of one session ascend from change to change, refused ones included`() throws {
        let agency = try TestAgency()
        let session = try agency.open()
        var kept: [Int64] = []
        for round in 0..<20 {
            var files = CaseloadFiles()
            files.episode("R\(round)")
            files.visit("R\(round)")
            let source = agency.folder + "/round-\(round)"
            try files.write(to: source)
            var options = ImportOptions()
            options.createsMissing = true
            // What was imported and not kept leaves its keys unused.
            options.isDryRun = round % 3 == 1
            _ = try session.importCaseload(from: source, options)
            let keys = try agency.read { db in
                try db.all("SELECT id FROM visit UNION ALL SELECT id FROM episode ORDER BY id") { try $0.int64(0) }
            }
            let new = keys.filter { !kept.contains($0) }
            #expect(new.count == (options.isDryRun ? 0 : 2))
            #expect(new.allSatisfy { $0 > kept.last ?? 0 }, "round \(round)")
            kept = keys
        }
        withExtendedLifetime(agency) {}
    }

    /// The keys of all visits, in the order of entry as the audit has it.
    private func visitKeys(_ agency: TestAgency) throws -> [Int64] {
        try agency.read { db in
            try db.all("SELECT record FROM audit WHERE action = 'visit log' AND outcome = 'done' ORDER BY seq") {
                try $0.int64(0)
            }
        }
    }

    private func visit(_ desk: CrisisDesk) throws -> NewVisit {
        try desk.visit("2026-11-11T10:00")
    }

    @Test func `commands that start in one second and draw the same keep what each entered, in its order`() throws {
        let desk = try CrisisDesk()
        let number = try desk.open("Child")
        let visit = try visit(desk)
        let identity = Identity(osUser: "tester", namedLogin: "casey")
        func session(at now: Instant) throws -> Session {
            // Each starts at the same place.
            try Session.open(desk.agency.path, as: identity, now: now, drawingKeys: { $0.lowerBound + 7 })
        }
        let one = try session(at: desk.agency.now)
        let other = try session(at: desk.agency.now)
        // Both are open before either writes; then the clock is set back by a day, and later by a second.
        for _ in 0..<3 {
            _ = try one.logVisit(number, visit)
            _ = try other.logVisit(number, visit)
        }
        for seconds: Int64 in [-86_400, -1, 0, 1] {
            let late = try session(at: desk.agency.now.adding(seconds: seconds))
            _ = try late.logVisit(number, visit)
        }
        let keys = try visitKeys(desk.agency)
        #expect(keys.count == 10)
        #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 })
        #expect(try Inspection.runReadOnly(desk.agency.path, now: desk.agency.now).allSatisfy { $0.severity != .error })
    }

    @Test func `an import between two commands of its second keeps the order of entry too`() throws {
        let desk = try CrisisDesk()
        let number = try desk.open("Child")
        let visit = try visit(desk)
        func enter() throws { try desk.act { _ = try $0.logVisit(number, visit) } }
        try enter()
        var files = CaseloadFiles()
        for round in 0..<80 {
            files.episode("R\(round)")
            files.visit("R\(round)")
            files.referral("R\(round)")
        }
        let folder = desk.agency.folder + "/files"
        try files.write(to: folder)
        try desk.agency.importCaseload(folder)
        try enter()
        let (entered, brought) = try desk.agency.read { db in
            let entered = try db.all("SELECT id FROM visit WHERE note = '' ORDER BY id") { try $0.int64(0) }
            let brought = try db.all(
                "SELECT id FROM visit WHERE note <> '' UNION ALL SELECT id FROM referral UNION ALL SELECT id FROM referral_event"
            ) { try $0.int64(0) }
            return (entered, brought)
        }
        try #require(entered.count == 2 && brought.count >= 240)
        #expect(brought.allSatisfy { $0 > entered[0] && $0 < entered[1] })
    }

    @Test func `a key begins with the number of the first entry that its change leaves`() throws {
        let desk = try CrisisDesk()
        let number = try desk.open("Child")
        let visit = try visit(desk)
        try desk.act { _ = try $0.logVisit(number, visit) }
        // A command's own entry comes before that of what it does.
        let command = CommandContext(action: "visit log")
        let identity = Identity(osUser: "tester", namedLogin: "casey")
        _ = try Session.open(desk.agency.path, as: identity, now: desk.agency.now, for: command).logVisit(number, visit)
        let found = try desk.agency.read { db in
            try db.all(
                "SELECT record, min(seq, coalesce(command, seq)) FROM audit WHERE record IN (SELECT id FROM visit)"
            ) { (try $0.int64(0), try $0.int64(1)) }
        }
        try #require(found.count == 2)
        for (key, entry) in found { #expect(key / KeyMaker.keysOfChange == entry) }
    }
}
