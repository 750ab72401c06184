import CivilTime
import CrisisCare
import Foundation
import Reports
import SQLite
import Services
import Storage
import Testing

/// Two rows of one person: merged without losing a row, found by either name, and taken apart again.
struct ClientMergeTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    private func open(
        _ first: String,
        _ last: String,
        call: String = "2026-11-10T10:00",
        site: String? = nil
    ) throws -> String {
        try desk.open("x", call: call, mode: .phone) { request in
            let born = CivilDate("2012-05-01")
            request.person = .new(firstName: first, lastName: last, birthDate: born, sex: .female)
            request.site = site
        }
    }

    private func ref(_ number: String) throws -> String {
        try desk.agency.read { db in
            try #require(try ClientStore.find(CaseFinder.find(number, in: db).client, in: db)).clientRef
        }
    }

    /// Merges; what `check` finds afterwards has to be nothing.
    @discardableResult
    private func merge(_ kept: String, _ duplicate: String, as login: String = "sam", at time: String? = nil) throws
        -> ClientMerge
    {
        let session = try desk.agency.open(as: login, at: time.map(desk.instant))
        let merge = try session.mergeClients(keeping: kept, duplicate: duplicate, reason: "one child")
        #expect(try desk.agency.errors() == [])
        #expect(try desk.agency.auditBreak() == nil)
        return merge
    }

    @discardableResult
    private func undo(_ duplicate: String, as login: String = "sam") throws -> ClientMerge {
        let merge = try desk.agency.open(as: login).undoMerge(of: duplicate, reason: "two cousins")
        #expect(try desk.agency.errors() == [])
        #expect(try desk.agency.auditBreak() == nil)
        return merge
    }

    private func find(_ text: String) throws -> [String] {
        try desk.agency.open(as: "casey").clientList(text, limit: nil).rows.map { row in
            if case .code(let ref) = row[0] { ref } else { "" }
        }
    }

    /// The case numbers of a client, voided ones among them.
    private func cases(of ref: String) throws -> [String] {
        try desk.agency.read { db in
            let client = try #require(try ClientStore.find(recordedAs: ref, in: db))
            return try EpisodeStore.episodes(of: client.id, in: db).map(\.caseNumber.description)
        }
    }

    /// Everything recorded of all cases, whoever's they are: children, deadlines and what the case itself says.
    private func records(_ numbers: [String]) throws -> [String] {
        try desk.agency.read { db in
            try numbers.flatMap { number in
                let record = try CaseFinder.find(number, in: db)
                let history = try HistoryStore.history(of: record, in: db)
                return try ["\(history)"] + DeadlineStore.deadlines(of: record.id, in: db).map { "\($0)" }
                    + VisitStore.records(of: record.id, in: db).map { "\($0)" }
            }
        }
    }

    @Test func `pitfall 21 after a merge child rows add up, and it can be undone`() throws {
        let one = try open("Ana", "Jensen")
        let two = try open("Anna", "Jensen", call: "2026-11-11T10:00")
        let (kept, duplicate) = (try ref(one), try ref(two))
        let three = try desk.open("x", call: "2026-11-12T10:00") { $0.person = .known(ref: duplicate) }
        let voided = try desk.open("x", call: "2026-11-13T10:00") { $0.person = .known(ref: duplicate) }
        for (number, count) in [(one, 1), (two, 2), (three, 3)] {
            for hour in 0..<count {
                try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-1\(4 + hour)T10:00")) }
            }
        }
        try desk.act {
            _ = try $0.activatePlan(three, desk.plan(), reason: "first plan", at: desk.instant("2026-11-15T10:00"))
        }
        let discharge = Discharge(at: try desk.instant("2026-11-19T09:00"), on: try #require(CivilDate("2026-11-19")))
        try desk.act(as: "sam") {
            _ = try $0.closeEpisode(two, discharge, reason: "met treatment goals", overrideReason: "x")
        }
        try desk.act(as: "sam") { _ = try $0.voidEpisode(voided, reason: "x") }
        let before = try records([one, two, three])
        let tables = try desk.agency.tableCounts()

        let merged = try merge(kept, duplicate)
        #expect(merged.moved.map(\.description) == [two, three, voided])
        func counts(_ count: KeyPath<ClientRecordCounts, Int>) -> [Int] {
            [merged.keptBefore, merged.duplicateBefore, merged.keptAfter].map { $0[keyPath: count] }
        }
        #expect(counts(\.episodes) == [1, 3, 4])
        #expect(counts(\.visits) == [1, 5, 6])
        #expect(counts(\.plans) == [0, 1, 1])
        #expect(merged.duplicateAfter == ClientRecordCounts())
        #expect(try cases(of: kept) == [one, two, three, voided])
        #expect(try cases(of: duplicate) == [])
        #expect(try records([one, two, three]) == before)
        var after = try desk.agency.tableCounts()
        #expect(after["client_merge"] == 1 && after["client_merge_episode"] == 3)
        // The duplicate is still a row, and nothing else came or went.
        (after["client_merge"], after["client_merge_episode"]) = (tables["client_merge"], 0)
        #expect(after == tables)

        let since = try desk.open("x", call: "2026-11-18T10:00", mode: .phone) { $0.person = .known(ref: duplicate) }
        #expect(try cases(of: kept) == [one, two, three, voided, since])
        let undone = try undo(duplicate)
        #expect(undone.moved.map(\.description) == [two, three, voided] && undone.left == 0)
        #expect(try cases(of: kept) == [one, since])
        #expect(try cases(of: duplicate) == [two, three, voided])
        #expect(try records([one, two, three]) == before)
    }

    @Test func `the duplicate's reference and names find the client who was kept, and its own again after the undo`()
        throws
    {
        let (one, two) = (try open("Ana", "Jensen"), try open("Bea", "Rivera", call: "2026-11-11T10:00"))
        let (kept, duplicate) = (try ref(one), try ref(two))
        try merge(kept, duplicate)
        for text in ["rivera", "bea", "riv be", duplicate, duplicate.lowercased(), kept, "jensen", two, "2012-05-01"] {
            #expect(try find(text) == [kept], "\(text)")
        }
        #expect(try find("rivero") == [kept])
        let session = try desk.agency.open(as: "casey")
        let shown = try session.showClient(duplicate)
        #expect(shown.fields.first?.cell == .code(kept))
        guard case .listing(let merged)? = shown.sections.last?.content else {
            Issue.record("no list of those who are merged")
            return
        }
        #expect(merged.rows.map { $0[0] } == [.code(duplicate)] && merged.rows.map { $0[1] } == [.text("Rivera, Bea")])
        #expect(try session.clientList("bea", limit: nil).rows.first?.last == .text("Rivera, Bea (\(duplicate))"))
        var correction = ClientCorrection()
        correction.firstName = "Anna"
        #expect(try desk.act { try $0.editClient(duplicate, correction, reason: "x") }.clientRef == kept)
        try undo(duplicate)
        #expect(try find("rivera") == [duplicate])
        #expect(try find("jensen") == [kept])
        #expect(try find(duplicate) == [duplicate])
        #expect(try find("2012-05-01").sorted() == [kept, duplicate].sorted())
    }

    @Test
    func `pitfall 21 a new record near a merged duplicate is refused and names who was kept, its closed case too`()
        throws
    {
        let (one, two) = (try open("Ana", "Jensen"), try open("Bea", "Rivera", call: "2026-11-11T10:00"))
        let (kept, duplicate) = (try ref(one), try ref(two))
        let discharge = Discharge(at: try desk.instant("2026-11-12T09:00"), on: try #require(CivilDate("2026-11-12")))
        for number in [one, two] { try desk.act { _ = try $0.closeEpisode(number, discharge, reason: "family moved") } }
        try merge(kept, duplicate)
        var request = try desk.request("x", mode: .phone)
        request.isNotADuplicate = false
        for (first, last) in [("Bee", "Rivera"), ("Ana", "Jenson"), ("Rivera", "Bea")] {
            request.person = .new(firstName: first, lastName: last, birthDate: CivilDate("2012-05-01"), sex: .female)
            let refusal = try #require(throws: RuleViolation.self) {
                _ = try desk.agency.open(as: "casey").openEpisode(request)
            }
            #expect(refusal.rule == .possibleDuplicate)
            #expect(refusal.message.hasSuffix(": \(kept)"), "\(refusal.message)")
        }
        // The merged duplicate is no near match of the client it stands for.
        var correction = ClientCorrection()
        (correction.firstName, correction.lastName) = ("Bea", "Riveras")
        #expect(try desk.act { try $0.editClient(kept, correction, reason: "x") }.warnings == [])
    }

    @Test func `every moved case is audited with both references, and so are the two clients`() throws {
        let (one, two) = (try open("Ana", "Jensen"), try open("Ana", "Jenson", call: "2026-11-11T10:00"))
        let (kept, duplicate) = (try ref(one), try ref(two))
        let before = try desk.agency.auditEntries().count
        let (movedID, otherID) = (try desk.record(two).id, try desk.record(one).id)
        _ = try desk.agency.open(as: "sam").mergeClients(keeping: kept, duplicate: duplicate, reason: "one \"child\"")
        let merged = try desk.agency.auditEntries().dropFirst(before)
        #expect(merged.allSatisfy { $0.action == "client merge" && $0.outcome == "done" && $0.login == "sam" })
        #expect(merged.map(\.episode) == [movedID, nil, nil])
        #expect(
            merged.map(\.detail) == [
                #"{"version":[1,2],"client_ref":["\#(duplicate)","\#(kept)"],"reason":[null,"one \"child\""]}"#,
                #"{"version":[1,2],"merged_duplicate":[null,"\#(duplicate)"],"reason":[null,"one \"child\""]}"#,
                #"{"version":[1,2],"merged_into":[null,"\#(kept)"],"reason":[null,"one \"child\""]}"#,
            ]
        )
        _ = try desk.agency.open(as: "sam").undoMerge(of: duplicate, reason: "cousins")
        let undone = try desk.agency.auditEntries().suffix(3)
        #expect(undone.allSatisfy { $0.action == "client merge undo" && $0.episode != otherID })
        #expect(
            undone.first?.detail
                == #"{"version":[2,3],"client_ref":["\#(kept)","\#(duplicate)"],"reason":[null,"cousins"]}"#
        )
    }

    @Test func `a merge that cannot be is refused, and nothing is changed`() throws {
        let refs = try ["Ana", "Eva", "Ida"].enumerated().map { index, name in
            try ref(open(name, "Jensen", call: "2026-11-1\(index)T10:00"))
        }
        let (one, two, three) = (refs[0], refs[1], refs[2])
        func refused(_ kept: String, _ duplicate: String, _ rule: Rule = .clientMerge, as login: String = "sam") throws
        {
            try desk.expectRefusal(rule, as: login) {
                _ = try $0.mergeClients(keeping: kept, duplicate: duplicate, reason: "x")
            }
        }
        try refused(one, one)
        try refused(one, one.lowercased())
        for login in ["casey", "dana", "ana", "boss"] { try refused(one, two, .notPermitted, as: login) }
        try desk.expectFailure(as: "sam") {
            _ = try $0.mergeClients(keeping: one, duplicate: "PNOBODY", reason: "x")
        }
        try desk.expectRefusal(.clientMerge, as: "sam") { _ = try $0.undoMerge(of: two, reason: "x") }
        try merge(one, two)
        // Twice, the other way round, into and out of the merged one.
        for (kept, duplicate) in [(one, two), (two, one), (three, two), (two, three)] { try refused(kept, duplicate) }
        let refusal = try #require(throws: RuleViolation.self) {
            _ = try desk.agency.open(as: "sam").mergeClients(keeping: two, duplicate: three, reason: "x")
        }
        #expect(refusal.remedy == "Merge into that one: followup client merge \(one) \(three)")
        for login in ["casey", "dana"] {
            try desk.expectRefusal(.notPermitted, as: login) { _ = try $0.undoMerge(of: two, reason: "x") }
        }
        try undo(two)
        try desk.expectRefusal(.clientMerge, as: "sam") { _ = try $0.undoMerge(of: two, reason: "x") }
        // What is undone can be done again.
        try merge(one, two)
    }

    @Test func `it takes a supervisor of every site at which either has a case, voided ones included`() throws {
        let one = try open("Ana", "Jensen")
        var request = try desk.request("x", mode: .phone)
        (request.town, request.site) = ("Danbury", "Danbury")
        let two = try desk.act(as: "dana") { try $0.openEpisode(request).caseNumber.description }
        let (kept, duplicate) = (try ref(one), try ref(two))
        for (left, right) in [(kept, duplicate), (duplicate, kept)] {
            try desk.expectRefusal(.notPermitted, as: "sam") {
                _ = try $0.mergeClients(keeping: left, duplicate: right, reason: "x")
            }
        }
        try desk.act(as: "sue") { _ = try $0.voidEpisode(two, reason: "x") }
        try desk.expectRefusal(.notPermitted, as: "sam") {
            _ = try $0.mergeClients(keeping: kept, duplicate: duplicate, reason: "x")
        }
        #expect(try merge(kept, duplicate, as: "sue").moved.count == 1)
        try desk.expectRefusal(.notPermitted, as: "sam") { _ = try $0.undoMerge(of: duplicate, reason: "x") }
        #expect(try undo(duplicate, as: "sue").moved.count == 1)
    }

    @Test func `a dry run counts everything and keeps nothing`() throws {
        let (one, two) = (try open("Ana", "Jensen"), try open("Eva", "Jensen", call: "2026-11-11T10:00"))
        let (kept, duplicate) = (try ref(one), try ref(two))
        let before = try desk.agency.tableCounts()
        let dry = try desk.act(as: "sam") {
            try $0.mergeClients(keeping: kept, duplicate: duplicate, reason: "x", isDryRun: true)
        }
        #expect(dry.keptAfter.episodes == 2)
        #expect(try desk.agency.tableCounts() == before)
        #expect(try cases(of: duplicate) == [two])
        try merge(kept, duplicate)
        _ = try desk.act(as: "sam") { try $0.undoMerge(of: duplicate, reason: "x", isDryRun: true) }
        #expect(try cases(of: kept) == [one, two])
    }

    @Test func `merges of merges are followed to their end, and undone from the last to the first`() throws {
        let numbers = try ["Ana", "Eva", "Ida"].enumerated().map { index, name in
            try open(name, "Jensen", call: "2026-11-1\(index)T10:00")
        }
        let refs = try numbers.map(ref)
        try merge(refs[1], refs[0])
        try merge(refs[2], refs[1])
        #expect(try cases(of: refs[2]) == numbers)
        for text in refs + ["ana", "eva", "ida"] { #expect(try find(text) == [refs[2]], "\(text)") }
        try desk.expectRefusal(.clientMerge, as: "sam") { _ = try $0.undoMerge(of: refs[0], reason: "x") }
        try undo(refs[1])
        #expect(try find("ana") == [refs[1]])
        #expect(try refs.map { try cases(of: $0) } == [[], [numbers[0], numbers[1]], [numbers[2]]])
        try undo(refs[0])
        #expect(try refs.map { try cases(of: $0) } == numbers.map { [$0] })
    }

    @Test func `a case that has gone to somebody else since stays there, whichever way it came back`() throws {
        let numbers = try ["Ana", "Eva", "Ida"].enumerated().map { index, name in
            try open(name, "Jensen", call: "2026-11-1\(index)T10:00")
        }
        let refs = try numbers.map(ref)
        let second = try desk.open("x", call: "2026-11-13T10:00", mode: .phone) { $0.person = .known(ref: refs[1]) }
        try merge(refs[0], refs[1])
        var amendment = EpisodeAmendment()
        amendment.client = refs[2]
        try desk.act { _ = try $0.amendEpisode(second, amendment, reason: "wrong child") }
        // It comes back to the kept client with the one to whom it was given, and belongs to that merge now.
        try merge(refs[0], refs[2], at: "2026-11-20T09:01")
        let undone = try undo(refs[1])
        #expect(undone.moved.map(\.description) == [numbers[1]] && undone.left == 1)
        #expect(try cases(of: refs[0]) == [numbers[0], numbers[2], second])
        try undo(refs[2])
        #expect(try cases(of: refs[2]) == [numbers[2], second])
    }

    @Test func `pitfall 23 an edit made from what was shown before a merge is stale, by either reference`() throws {
        let (one, two) = (try open("Ana", "Jensen"), try open("Eva", "Jensen", call: "2026-11-11T10:00"))
        let (kept, duplicate) = (try ref(one), try ref(two))
        var correction = ClientCorrection()
        correction.firstName = "Anna"
        try desk.act { _ = try $0.editClient(one, correction, reason: "x") }
        try merge(kept, duplicate)
        correction.firstName = "Evi"
        for read in [1, 2] {
            correction.readVersion = read
            for ref in [kept, duplicate] {
                try desk.expectRefusal(.staleEdit) { _ = try $0.editClient(ref, correction, reason: "x") }
            }
        }
        let refusal = try #require(throws: RuleViolation.self) {
            _ = try desk.agency.open(as: "casey").editClient(kept, correction, reason: "x")
        }
        #expect(refusal.message == "somebody else changed the client meanwhile: merged duplicate")
        correction.readVersion = 3
        try desk.act { _ = try $0.editClient(kept, correction, reason: "x") }
        // An amendment of a moved case is stale too.
        var amendment = EpisodeAmendment()
        (amendment.language, amendment.readVersion) = ("Spanish", 1)
        try desk.expectRefusal(.staleEdit) { _ = try $0.amendEpisode(two, amendment, reason: "x") }
    }

    @Test func `what two rows of one person should agree in is a warning without the values`() throws {
        let one = try open("Ana", "Jensen")
        let two = try desk.open("x", call: "2026-11-11T10:00", mode: .phone) { request in
            request.person = .new(firstName: "Ana", lastName: "J", birthDate: CivilDate("2012-05-02"), sex: .male)
        }
        let merged = try merge(ref(one), ref(two))
        let warning = try #require(merged.warnings.first)
        #expect(merged.warnings.count == 1 && warning.contains("birth date and sex") && !warning.contains("2012"))
    }

    @Test func `a case that a merged client has by other means is found by check`() throws {
        let (one, two) = (try open("Ana", "Jensen"), try open("Eva", "Jensen", call: "2026-11-11T10:00"))
        let (kept, duplicate) = (try ref(one), try ref(two))
        try merge(kept, duplicate)
        let connection = try Database.open(
            desk.agency.path,
            .readWrite,
            now: desk.agency.now.seconds,
            programVersion: ProgramVersion.current
        )
        // The schema refuses it first.
        #expect(throws: SQLiteError.self) {
            try connection.write { db in
                try db.execute(
                    """
                    UPDATE episode SET client = (SELECT id FROM client WHERE client_ref = \(duplicate))
                    WHERE case_order = 2026000000002
                    """
                )
            }
        }
        try connection.write { db in
            try db.execute("DROP TRIGGER episode_moved_to_standing_client")
            try db.execute(
                """
                UPDATE episode SET client = (SELECT id FROM client WHERE client_ref = \(duplicate))
                WHERE case_order = 2026000000002
                """
            )
        }
        #expect(
            try desk.agency.errors().contains("merges: 1 cases belong to a merged client, the first is \(two)")
        )
    }

    @Test func `the schema refuses an episode of a merged client, a merge into one, and a second merge`() throws {
        let numbers = try ["Ana", "Eva", "Ida"].enumerated().map { index, name in
            try open(name, "Jensen", call: "2026-11-1\(index)T10:00")
        }
        let refs = try numbers.map(ref)
        try merge(refs[0], refs[1])
        let ids = try desk.agency.read { db in
            try refs.map { try #require(try ClientStore.find(recordedAs: $0, in: db)).id }
        }
        let staff = try desk.record(numbers[0]).clinician
        let connection = try Database.open(
            desk.agency.path,
            .readWrite,
            now: desk.agency.now.seconds,
            programVersion: ProgramVersion.current
        )
        func insert(_ kept: ClientID, _ duplicate: ClientID) -> Bool {
            let merge = ClientMergeRecord(
                id: RecordID(Int64.random(in: 1...Int64.max)),
                kept: kept,
                duplicate: duplicate,
                mergedAt: desk.agency.now,
                mergedBy: staff,
                reason: "x"
            )
            do {
                try connection.write { db in try ClientMergeStore.insert(merge, moving: [], in: db) }
                return true
            } catch { return false }
        }
        // Ida, who has an episode still, nobody's twice, and nobody into Eva, who is merged.
        #expect(!insert(ids[0], ids[2]))
        #expect(!insert(ids[2], ids[1]))
        #expect(!insert(ids[1], ids[2]))
        #expect(!insert(ids[0], ids[0]))
        var record = try desk.record(numbers[0])
        record.id = EpisodeID(77)
        record.caseNumber = CaseNumber(year: 2026, counter: 77)
        record.client = ids[1]
        #expect(throws: SQLiteError.self) { try connection.write { db in try EpisodeStore.insert(record, in: db) } }
        record.client = ids[2]
        try connection.write { db in try EpisodeStore.insert(record, in: db) }
    }
}

/// Files and merges: what goes out names the kept client, and what comes in reaches it.
struct MergedCaseloadTests {
    private func merged() throws -> TestAgency {
        let agency = try TestAgency()
        var files = CaseloadFiles()
        files.episode("A", ["client_ref": "KEPT"])
        files.episode("B", ["client_ref": "DOUBLE", "first_name": "Twin", "minor_consented": "yes"])
        files.visit("A")
        files.visit("B")
        files.referral("B")
        try agency.take(files)
        _ = try agency.open().mergeClients(keeping: "KEPT", duplicate: "DOUBLE", reason: "x")
        return agency
    }

    @Test func `export names the kept client, and export, import, export gives the same bytes`() throws {
        let agency = try merged()
        let folder = agency.folder + "/out"
        let first = try agency.exportAll(to: folder)
        let text = String(decoding: try #require(first[.episodes]), as: UTF8.self)
        #expect(text.components(separatedBy: "KEPT").count == 3 && !text.contains("DOUBLE") && !text.contains("Twin"))
        let second = try TestAgency()
        try second.importCaseload(folder)
        #expect(try second.exportAll(to: second.folder + "/out") == first)
        var summary: [[Cell]] = []
        try agency.open().exportSummary(in: Period(), asOf: nil) { summary.append($0) }
        let place = try #require(EpisodeSummary.columns.firstIndex { $0.key == "client_ref" })
        #expect(summary.map { $0[place] } == [.text("KEPT"), .text("KEPT")])
    }

    @Test func `an import with the duplicate's reference goes to the kept client, whichever of the two it describes`()
        throws
    {
        let agency = try merged()
        var files = CaseloadFiles()
        files.episode("C", ["client_ref": "DOUBLE", "first_name": "Twin", "last_name": "Child B"])
        files.episode("D", ["client_ref": "DOUBLE", "last_name": "Child A"])
        files.episode("E", ["client_ref": "KEPT", "last_name": "Child A"])
        try agency.take(files)
        let counts = try agency.read { db in
            try ["KEPT", "DOUBLE"].map { ref in
                try ClientStore.counts(of: #require(try ClientStore.find(recordedAs: ref, in: db)).id, in: db).episodes
            }
        }
        #expect(counts == [5, 0])
        #expect(try agency.errors() == [])
        var wrong = CaseloadFiles()
        let line = wrong.episode("F", ["client_ref": "DOUBLE", "first_name": "Somebody", "last_name": "Child B"])
        try agency.expectRefusal(of: wrong, .episodes, line: line, .clientConflict, secret: "Somebody")
        // The kept client's own reference takes the kept client's name alone.
        var other = CaseloadFiles()
        other.episode("G", ["client_ref": "KEPT", "first_name": "Twin", "last_name": "Child B"])
        try agency.expectRefusal(of: other, .episodes, line: 2, .clientConflict)
    }
}
