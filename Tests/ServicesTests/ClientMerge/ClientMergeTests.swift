import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// Two rows of one person: merged without losing a row, found by either name, and taken apart again.
struct ClientMergeTests: MergesClients {
    let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
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

    /// - Parameter later: the time of the second merge; the clock may have been set back before it.
    @Test(arguments: ["2026-11-20T09:01", "2026-11-20T08:59"])
    func `a case that has gone to somebody else since stays there, whichever way it came back`(later: String) throws {
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
        try merge(refs[0], refs[2], at: later)
        let undone = try undo(refs[1])
        #expect(undone.moved.map(\.description) == [numbers[1]] && undone.left == 1)
        #expect(try cases(of: refs[0]) == [numbers[0], numbers[2], second])
        try undo(refs[2])
        #expect(try cases(of: refs[2]) == [numbers[2], second])
    }
}
