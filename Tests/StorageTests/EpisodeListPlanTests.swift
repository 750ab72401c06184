import CivilTime
import CrisisCare
import SQLite
import Storage
import Testing

/// The plans of the lists of episodes: what they cost follows what they list.
struct EpisodeListPlanTests {
    private let database: TestDatabase
    private let zone: Zone

    init() throws {
        database = try TestDatabase()
        zone = try Zone(named: "America/New_York")
    }

    private static let allTraits: [EpisodeTrait] = [
        .closingSoon(days: 7), .noContact, .noPlan, .waitingOnReferral, .extended, .unableToReach,
    ]

    /// Every way to narrow the list of open episodes, each trait by itself and all together.
    private static var narrowings: [EpisodeNarrowing] {
        let traits: [[EpisodeTrait]] = [[]] + allTraits.map { [$0] } + [allTraits]
        return traits.flatMap { traits in
            (0..<16).map { bits in
                var narrowing = EpisodeNarrowing()
                narrowing.traits = traits
                if bits & 1 != 0 { narrowing.clinician = StaffID(Int64(TestDatabase.staff)) }
                if bits & 2 != 0 { narrowing.site = SiteID(Int64(TestDatabase.site)) }
                if bits & 4 != 0 { narrowing.program = ProgramID(Int64(TestDatabase.program)) }
                if bits & 8 != 0 { narrowing.after = (Instant(seconds: 5), CaseNumber(year: 2026, counter: 5)) }
                return narrowing
            }
        }
    }

    private func plan(of narrowing: EpisodeNarrowing, limit: Int? = nil, on connection: borrowing Connection) throws
        -> [String]
    {
        let statement = EpisodeListStore.statement(narrowing, now: Instant(seconds: 1000), in: zone, limit: limit)
        return try connection.read { db in try db.plan(of: statement) }
    }

    /// What belongs to one episode is found by its key or by an index on the episode.
    private func expectRest(_ plan: [String], _ what: String) {
        for line in plan.dropFirst() where line.hasPrefix("S") {
            let isByEpisode = line.contains("(episode=?") || line.contains("(rowid=?)")
            #expect(isByEpisode, "\(what): \(line)")
        }
    }

    private static let siteAndTime = "site=? AND call_received_at>? AND call_received_at<?"

    private func expectOpenIndexes(_ connection: borrowing Connection, _ what: String) throws {
        for narrowing in Self.narrowings {
            for limit in [nil, 40] {
                var plan = try plan(of: narrowing, limit: limit, on: connection)
                if narrowing.isCutBySite(limit) {
                    let sites = plan.removeFirst()
                    #expect(sites.hasPrefix("SCAN s USING COVERING INDEX"), "\(what): \(sites)")
                    // Once for where a site's first few end, and once for them.
                    let reading = "SEARCH e USING INDEX episode_open (\(Self.siteAndTime))"
                    #expect(plan.count { $0 == reading } == 2, "\(what): \(plan)")
                    plan = [reading] + plan.filter { $0 != reading }
                }
                let first = plan.first ?? ""
                let index = narrowing.clinician == nil ? "episode_open" : "episode_open_of_clinician"
                #expect(first.contains(" e USING INDEX \(index)"), "\(what): \(plan)")
                // Without site, clinician and limit every open row is listed, so that all of the index may be walked.
                let isNarrowed = narrowing.clinician != nil || narrowing.site != nil
                #expect(!isNarrowed || first.hasPrefix("SEARCH"), "\(what): \(plan)")
                expectRest(plan, what)
            }
        }
    }

    @Test func `pitfall 20 a list of open cases is read from an index over open cases, whoever asks for it`() throws {
        let connection = try database.open()
        try expectOpenIndexes(connection, "empty")
        try connection.write { db in
            try TestDatabase.addEpisodes(3000, in: db)
            try db.execute("ANALYZE")
        }
        try expectOpenIndexes(connection, "analyzed")
    }

    @Test func `the first few of all sites are the first of the whole list`() throws {
        let connection = try database.open()
        try connection.write { db in
            try db.execute("INSERT INTO site (id, name, created_at) VALUES (77, 'Second', 0), (78, 'Empty', 0)")
            try TestDatabase.addEpisodes(120, in: db)
            // Calls of the two sites take turns, and some came in the same second.
            try db.execute("UPDATE episode SET site = 77 WHERE id % 3 = 0")
            try db.execute("UPDATE episode SET call_received_at = id / 4")
        }
        for narrowing in Self.narrowings where narrowing.isCutBySite(1) {
            var ended = narrowing
            ended.calledFrom = Instant(seconds: 3)
            ended.calledBefore = Instant(seconds: 9)
            for narrowing in [narrowing, ended] {
                let whole = try numbers(narrowing, limit: nil, on: connection)
                #expect(!whole.isEmpty)
                for limit in [1, 2, 5, 19, 40, 200] {
                    #expect(try numbers(narrowing, limit: limit, on: connection) == Array(whole.prefix(limit)))
                }
            }
        }
    }

    private func numbers(_ narrowing: EpisodeNarrowing, limit: Int?, on connection: borrowing Connection) throws
        -> [CaseNumber]
    {
        try connection.read { db in
            var numbers: [CaseNumber] = []
            try EpisodeListStore.forEach(narrowing, now: Instant(seconds: 1000), in: zone, limit: limit, in: db) {
                numbers.append($0.record.caseNumber)
            }
            return numbers
        }
    }

    @Test func `an archive comes in the order of its index, so that a limit ends the reading`() throws {
        let connection = try database.open()
        try connection.write { db in try TestDatabase.addEpisodes(300, in: db) }
        for kind in [EpisodeNarrowing.Kind.all, .dispositionOwed] {
            var narrowing = EpisodeNarrowing()
            narrowing.kind = kind
            let plan = try plan(of: narrowing, limit: 40, on: connection)
            let index = kind == .all ? "episode_by_call" : "episode_disposition_owed"
            #expect(plan.first?.hasPrefix("SEARCH e USING INDEX \(index) (call_received_at>?") == true, "\(plan)")
            #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
            expectRest(plan, "\(kind)")
        }
    }

    @Test func `pitfall 20 visits of a week are read from open cases alone`() throws {
        let connection = try database.open()
        let plans = try connection.read { db in
            try [nil, SiteID(1)].map {
                try db.plan(of: ClinicianLoadStore.visitStatement(since: Instant(seconds: 5), at: $0))
            }
        }
        #expect(plans[0].first == "SCAN e USING INDEX episode_open")
        #expect(plans[1].first == "SEARCH e USING INDEX episode_open (site=?)")
        for plan in plans {
            #expect(plan.dropFirst() == ["SEARCH v USING INDEX visit_of_episode (episode=? AND at>?)"], "\(plan)")
        }
    }

    @Test func `the audit is read from its end, a page at a time`() throws {
        let connection = try database.open()
        let plan = try connection.read { db in try db.plan(of: AuditStore.pageStatement(before: 100)) }
        #expect(
            plan == [
                "SEARCH a USING INTEGER PRIMARY KEY (rowid<?)",
                "SEARCH e USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
            ]
        )
    }
}

extension EpisodeNarrowing {
    /// Whether a list is cut to the first few of all sites.
    fileprivate func isCutBySite(_ limit: Int?) -> Bool {
        limit != nil && clinician == nil && site == nil && traits.isEmpty
    }
}
