import CSV
import CivilTime
import CrisisCare
import Glibc
import SQLite
import Storage

@testable import Services
@testable import followup

/// An import keeps all that it says it kept, or nothing; the database is sound after it, and no refusal tells a cell.
///
/// The input is a byte of options and the five files, divided by the control character RS, which no cell may hold raw.
enum ImportTarget {
    private static let divider: UInt8 = 0x1E
    private static let now = Instant(seconds: 1_795_339_500)
    private static let path = Workplace.folder + "/agency.db"
    private static let source = Workplace.folder + "/source"
    private static let empty = makeAgency()
    private static let emptyCounts = certain("counting") { try counts(open()) }
    nonisolated(unsafe) private static var isUsed = true

    static func test(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let files = Array(input.dropFirst()).split(separator: divider, maxSplits: 4, omittingEmptySubsequences: false)
        prepare(files)
        var options = ImportOptions()
        options.createsMissing = choice & 1 == 0
        options.skipsRejected = choice & 2 != 0
        options.skipsExisting = choice & 4 != 0
        options.isDryRun = choice & 0x18 == 0x18
        let session = certain("opening") { try open() }
        var kept = 0
        do {
            let listener = ImportListener(rejected: { _, refusal in requireTellsNothing(refusal.description) })
            let summary = try session.importCaseload(from: source, options, listener: listener)
            require(options.skipsRejected || summary.count(.refused) == 0, "all of it or nothing")
            kept = summary.count(.kept)
            if !options.isDryRun { requireKept(summary, session) }
            // A second time all of it is refused or passed over, and changes nothing.
            if kept > 0, !options.isDryRun { requireOnce(options, session) }
        } catch {
            if let refused = error as? ImportRefused {
                for refusal in refused.summary.refusals { requireTellsNothing(refusal.description) }
            } else {
                requireTellsNothing(error)
            }
            kept = 0
        }
        if kept == 0 || options.isDryRun {
            require(certain("counting") { try counts(session) } == emptyCounts, "nothing was kept")
        }
        for finding in certain("check", { try Inspection.run(session) }) {
            require(finding.severity != .error, "a sound database, not \(finding.check): \(finding.finding)")
        }
    }

    private static func prepare(_ files: [ArraySlice<UInt8>]) {
        if isUsed {
            for suffix in ["-wal", "-shm"] { Workplace.remove(path + suffix) }
            Workplace.write(empty, to: path)
        }
        isUsed = false
        mkdirIfMissing(source)
        for (index, file) in CaseloadFile.allCases.enumerated() {
            let place = "\(source)/\(file.name)"
            Workplace.remove(place)
            guard files.indices.contains(index), !files[index].isEmpty else { continue }
            Workplace.write(Array(files[index]), to: place)
        }
    }

    private static func requireKept(_ summary: ImportSummary, _ session: borrowing Session) {
        isUsed = summary.count(.kept) > 0
        let now = certain("counting") { try counts(session) }
        for (table, file) in tables {
            let added = (now[table] ?? 0) - (emptyCounts[table] ?? 0)
            require(added == summary.count(.kept, of: file), "every row of \(table) that was kept is there")
        }
    }

    private static func requireOnce(_ options: ImportOptions, _ session: borrowing Session) {
        let before = certain("counting") { try counts(session) }
        do {
            let summary = try session.importCaseload(from: source, options)
            require(summary.count(.kept) == 0, "no row comes in twice")
        } catch {
            requireTellsNothing(error)
        }
        require(certain("counting") { try counts(session) } == before, "the second time changes nothing")
    }

    private static let tables: [(String, CaseloadFile)] = [
        ("episode", .episodes), ("window_extension", .extensions), ("safety_plan", .plans), ("visit", .visits),
        ("referral", .referrals),
    ]

    private static func open() throws -> Session {
        try Session.open(path, as: Identity(osUser: "tester", namedLogin: "admin"), now: now)
    }

    private static func mkdirIfMissing(_ folder: String) {
        // It is there from the second input on.
        _ = mkdir(folder, 0o700)
    }

    private static func makeAgency() -> [UInt8] {
        certain("an agency") {
            let place = Workplace.folder + "/new.db"
            let agency = NewAgency(
                name: "Fuzzed agency",
                zone: try Zone(named: "America/New_York"),
                adminLogin: "admin",
                adminName: "",
                adminSupervises: true,
                osUser: "tester"
            )
            try agency.create(at: place, now: now)
            defer { Workplace.remove(place) }
            return Workplace.read(place)
        }
    }

    private static func counts(_ session: borrowing Session) throws -> [String: Int] {
        try session.connection.read { db in
            let rows = try db.all(
                """
                SELECT 'episode', count(*) FROM episode UNION ALL SELECT 'client', count(*) FROM client
                UNION ALL SELECT 'window_extension', count(*) FROM window_extension
                UNION ALL SELECT 'visit', count(*) FROM visit UNION ALL SELECT 'referral', count(*) FROM referral
                UNION ALL SELECT 'referral_event', count(*) FROM referral_event
                UNION ALL SELECT 'safety_plan', count(*) FROM safety_plan
                UNION ALL SELECT 'safety_plan_item', count(*) FROM safety_plan_item
                UNION ALL SELECT 'lethal_means', count(*) FROM lethal_means
                UNION ALL SELECT 'deadline', count(*) FROM deadline UNION ALL SELECT 'site', count(*) FROM site
                UNION ALL SELECT 'staff', count(*) FROM staff UNION ALL SELECT 'code', count(*) FROM code
                """
            ) { (try $0.text(0), try $0.int(1)) }
            return Dictionary(uniqueKeysWithValues: rows)
        }
    }
}
