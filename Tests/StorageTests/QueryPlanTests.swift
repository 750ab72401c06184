import CivilTime
import CrisisCare
import SQLite
import Storage
import Testing

/// The plans of the statements whose cost must follow what they give, not what is stored.
struct QueryPlanTests {
    private let database: TestDatabase

    init() throws {
        database = try TestDatabase()
    }

    /// Every way to narrow the overdue list.
    private static var filters: [DeadlineFilter] {
        (0..<16).map { bits in
            var filter = DeadlineFilter()
            if bits & 1 != 0 { filter.clinician = StaffID(Int64(TestDatabase.staff)) }
            if bits & 2 != 0 { filter.site = SiteID(Int64(TestDatabase.site)) }
            if bits & 4 != 0 { filter.program = ProgramID(Int64(TestDatabase.program)) }
            if bits & 8 != 0 { filter.kind = .close }
            return filter
        }
    }

    private func expectIndexInOrder(_ connection: borrowing Connection, _ what: String) throws {
        try connection.read { db in
            for filter in Self.filters {
                for limit in [nil, 40] {
                    let statement = OpenDeadlineStore.statement(dueBefore: Instant(seconds: 1000), filter, limit: limit)
                    let plan = try db.plan(of: statement)
                    let what = "\(what): \(plan)"
                    #expect(plan.first?.hasPrefix("SEARCH d USING INDEX deadline_") == true, "\(what)")
                    #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(what)")
                    // What is due in one second of one case and kind may be sorted; the list as a whole may not.
                    for line in plan where line.contains("TEMP B-TREE") {
                        #expect(line.contains("RIGHT PART OF ORDER BY") || line.contains("LAST"), "\(what)")
                    }
                    #expect(plan.contains { $0.contains("due_at<?") }, "\(what)")
                    for table in ["e", "p", "r", "c"] {
                        let rest = plan.filter { $0.hasPrefix("SEARCH \(table) ") }
                        #expect(rest.count == 1 && rest[0].contains("USING INTEGER PRIMARY KEY"), "\(what)")
                    }
                }
            }
        }
    }

    @Test func `the overdue list is read in its order from an index of its own, however it is narrowed`() throws {
        let connection = try database.open()
        try expectIndexInOrder(connection, "empty")
    }

    @Test func `it stays so when the file has grown and has been analyzed`() throws {
        let connection = try database.open()
        try connection.write { db in
            try TestDatabase.addEpisodes(3000, in: db)
            try db.execute("ANALYZE")
        }
        try expectIndexInOrder(connection, "analyzed")
    }

    @Test func `each narrowing of one kind has an index of its own`() throws {
        let connection = try database.open()
        let expected = [
            0: "deadline_by_due (", 1: "deadline_of_clinician (", 2: "deadline_at_site (",
            4: "deadline_in_program (", 8: "deadline_of_kind (",
        ]
        try connection.read { db in
            for (bits, index) in expected {
                let plan = try db.plan(
                    of: OpenDeadlineStore.statement(dueBefore: Instant(seconds: 1000), Self.filters[bits], limit: 40)
                )
                #expect(plan.first?.contains(index) == true, "\(plan)")
            }
        }
    }

    @Test func `what a command reads of one case is found by an index`() throws {
        let connection = try database.open()
        try connection.write { db in
            try TestDatabase.addEpisodes(1, in: db)
            let id = EpisodeID(1)
            let record = try #require(try EpisodeStore.find(id, in: db))
            _ = try EpisodeStore.find(record.caseNumber, in: db)
            _ = try EpisodeStore.find(sourceRef: "L1", in: db)
            _ = try EpisodeStore.exists(sourceRef: "L1", in: db)
            _ = try EpisodeStore.exists(record.caseNumber, in: db)
            _ = try EpisodeStore.lastNumber(of: 2026, in: db)
            _ = try HistoryStore.history(of: record, in: db)
            _ = try VisitStore.records(of: id, in: db)
            _ = try ExtensionStore.records(of: id, in: db)
            _ = try PlanStore.active(of: id, in: db)
            _ = try ReferralStore.records(of: id, in: db)
            _ = try DeadlineStore.deadlines(of: id, in: db)
            _ = try DeadlineStore.repeats(record, in: db)
            _ = try ClientStore.find(record.client, in: db)
            _ = try ClientStore.find(ref: "C", in: db)
            _ = try ClientStore.born(on: CivilDate(dayNumber: 0), in: db)
            _ = try StaffStore.named("casey", in: db)
            _ = try SiteStore.named("Hartford", in: db)
            _ = try AuditChain.end(in: db)
            _ = try EpisodeStore.update(record, readAtVersion: 1, in: db)
            try EpisodeStore.update(record.standing, of: id, in: db)
        }
        let plans = try connection.plans().filter { !$0.key.contains("INSERT") }
        #expect(plans.count >= 20)
        for (statement, plan) in plans {
            // The end of the audit is the end of its key: a scan that stops at its first row.
            let isAuditEnd = statement.contains("FROM audit ORDER BY seq DESC LIMIT 1")
            #expect(isAuditEnd || !plan.contains { $0.hasPrefix("SCAN") }, "\(statement): \(plan)")
        }
    }

    @Test func `the episodes of a period come in order from the index of the calls`() throws {
        let connection = try database.open()
        try connection.read { db in
            let ends = (Instant(seconds: 0), Instant(seconds: 10))
            try EpisodeStore.forEach(calledFrom: ends.0, before: ends.1, at: .all, in: db) { _ in }
        }
        let plans = try connection.plans().filter { $0.key.contains("FROM episode") }
        #expect(plans.count == 1)
        for plan in plans.values {
            #expect(plan == ["SEARCH e USING INDEX episode_by_call (call_received_at>? AND call_received_at<?)"])
        }
    }

    /// A look-up for each client who bears one of two names would make the search dearer with every client on record.
    @Test func `a search for two words, and the names of a birth date, are read from their indexes alone`() throws {
        let connection = try database.open()
        try connection.write { db in
            for number in 0..<600 {
                let client = ClientRecord(
                    id: ClientID(Int64(1000 + number)),
                    clientRef: "N\(number)",
                    firstName: "Maria",
                    lastName: number == 1 ? "Lopez Smith" : number == 2 ? "Smith" : "Smithson",
                    birthDate: CivilDate(dayNumber: 1),
                    sex: .unknown
                )
                try ClientStore.insert(client, at: Instant(seconds: 0), in: db)
            }
        }
        let reading = try database.open()
        try reading.read { db in
            for words in [["mar", "smi"], ["smith", "maria"], ["lopez", "maria"], ["maria", "mar"]] {
                var found = 0
                try ClientSearch.forEach(answering: words.map { SoughtWord($0) }, in: db) { _ in
                    found += 1
                    return true
                }
                #expect(found == (words[0] == "lopez" ? 1 : 600), "\(words)")
            }
            #expect(try ClientStore.names(bornOn: CivilDate(dayNumber: 1), in: db).clients.count == 600)
        }
        let plans = try reading.plans().filter { $0.key.contains("client") }
        #expect(plans.count >= 5)
        for (statement, plan) in plans {
            for line in plan where line.contains("client") {
                let isOfIndex =
                    line.contains("client_name_word ") || line.contains("COVERING INDEX client_by_birth_date")
                #expect(isOfIndex && !line.hasPrefix("SCAN"), "\(statement): \(plan)")
            }
            #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(statement): \(plan)")
        }
        let beside = plans.filter { $0.key.contains("other_words >=") }.values.first ?? []
        #expect(
            beside == [
                "SEARCH client_name_word USING COVERING INDEX client_name_word_beside "
                    + "(word=? AND other_words>? AND other_words<?)"
            ]
        )
    }
}
