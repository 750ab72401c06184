import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// Merges that cannot be, may not be, or are only tried; what follows from records that were merged.
struct ClientMergeRefusalTests: MergesClients {
    let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
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
}
