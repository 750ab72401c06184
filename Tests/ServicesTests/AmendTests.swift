import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// Corrections of an episode: old and new kept, this case's deadlines follow, a stale edit is refused.
struct AmendTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    private func amend(
        _ number: String,
        as login: String = "casey",
        _ change: (inout EpisodeAmendment) throws -> Void
    ) throws {
        var amendment = EpisodeAmendment()
        try change(&amendment)
        try desk.act(as: login) { _ = try $0.amendEpisode(number, amendment, reason: "typing") }
    }

    private func refuse(_ rule: Rule, _ number: String, _ change: (inout EpisodeAmendment) throws -> Void) throws {
        var amendment = EpisodeAmendment()
        try change(&amendment)
        try desk.expectRefusal(rule) { _ = try $0.amendEpisode(number, amendment, reason: "typing") }
    }

    @Test func `every field is corrected, and the audit keeps old and new`() throws {
        let number = try desk.open("One")
        try amend(number) { amendment in
            amendment.callEndedAt = try desk.instant("2026-11-10T10:12")
            amendment.lateArrivalReason = "snow"
            amendment.referralSource = "police"
            amendment.presentingProblem = "trauma"
            amendment.location = "school"
            amendment.town = "Avon"
            amendment.language = "Spanish"
            amendment.caregiverName = "Other Caregiver"
            amendment.caregiverPhone = "860-555-0199"
            amendment.minorConsented = true
            amendment.part2 = true
            amendment.accessChannel = .walkInClinic
            amendment.authority = "Capitol Region"
            amendment.transferFrom = "988"
            amendment.transferRef = "T-17"
        }
        let record = try desk.record(number)
        let ended = try desk.instant("2026-11-10T10:12")
        #expect(record.callEndedAt == ended && record.lateArrivalReason == "snow")
        #expect(record.language == "Spanish" && record.caregiverName == "Other Caregiver")
        #expect(record.caregiverPhone == "860-555-0199" && record.minorConsented && record.part2)
        #expect(record.accessChannel == .walkInClinic && record.authority == "Capitol Region")
        #expect(record.transferFrom == "988" && record.transferRef == "T-17")
        let codes = try desk.agency.read { db in try CodeStore.book(in: db) }
        #expect(codes.text(record.referralSource) == "police" && codes.text(record.presentingProblem) == "trauma")
        #expect(codes.text(record.location) == "school" && codes.text(record.town) == "Avon")
        #expect(record.version == 3)
        let detail = try #require(try desk.agency.auditEntries().last?.detail)
        for part in [
            #"{"version":[2,3]"#, #""referral_source":["school","police"]"#, #""town":["Hartford","Avon"]"#,
            #""caregiver_phone":["860-555-0142","860-555-0199"]"#, #""minor_consented":[false,true]"#,
            #""access_channel":[null,"walk-in clinic"]"#, #""transfer_ref":["","T-17"]"#, #""reason":[null,"typing"]"#,
        ] {
            #expect(detail.contains(part), "\(detail)")
        }
    }

    @Test func `what never was is taken away, and what followed from it goes`() throws {
        let number = try desk.open("One")
        #expect(try desk.openDeadlines(number).contains("close 2026-12-22T23:59"))
        try amend(number) { $0.cleared = [.arrived, .town, .caregiverName, .caregiverPhone] }
        let record = try desk.record(number)
        #expect(record.arrivedAt == nil && record.town == nil && record.caregiverName.isEmpty)
        #expect(try desk.openDeadlines(number) == ["arrival 2026-11-10T10:45"])
    }

    @Test func `an arrival and an answer by phone exclude each other`() throws {
        let number = try desk.open("One")
        try refuse(.phoneOnly, number) { $0.mode = .phone }
        try amend(number) { amendment in
            amendment.mode = .phone
            amendment.cleared = [.arrived]
        }
        #expect(try desk.openDeadlines(number) == ["close 2026-11-11T23:59"])
        try refuse(.phoneOnly, number) { $0.arrivedAt = try desk.instant("2026-11-10T10:30") }
        try amend(number) { amendment in
            amendment.mode = .mobile
            amendment.arrivedAt = try desk.instant("2026-11-10T10:30")
        }
        #expect(try desk.openDeadlines(number).contains("close 2026-12-22T23:59"))
    }

    @Test func `another program stands under its own policy`() throws {
        let number = try desk.open("One")
        try amend(number) { $0.program = ShippedProgram.adult.rawValue }
        #expect(try desk.openDeadlines(number) == [])
        try amend(number) { $0.program = ShippedProgram.youth.rawValue }
        #expect(try desk.openDeadlines(number).count == 3)
    }

    @Test func `an episode of the wrong child goes to the right one, and no further than birth allows`() throws {
        let one = try desk.open("One")
        let two = try desk.open("Two")
        try amend(one) { $0.client = two }
        let clients = [try desk.record(one).client, try desk.record(two).client]
        #expect(clients[0] == clients[1])
        try desk.expectFailure { session in
            var amendment = EpisodeAmendment()
            amendment.callReceivedAt = try desk.instant("2012-04-30T10:00")
            _ = try session.amendEpisode(one, amendment, reason: "typing")
        }
    }

    @Test func `pitfall 23 two editors from one version, the second is refused and told what changed`() throws {
        let number = try desk.open("One")
        let read = try desk.record(number).version
        try amend(number, as: "kim") { amendment in
            amendment.town = "Avon"
            amendment.readVersion = read
        }
        var second = EpisodeAmendment()
        second.language = "Spanish"
        second.readVersion = read
        let refusal = try #require(throws: RuleViolation.self) {
            _ = try desk.agency.open(as: "casey").amendEpisode(number, second, reason: "typing")
        }
        #expect(refusal.rule == .staleEdit)
        #expect(refusal.message == "somebody else changed the case meanwhile: town")
        #expect(refusal.remedy.hasSuffix("followup show \(number)"))
        #expect(try desk.record(number).language.isEmpty)
        second.readVersion = read + 1
        try desk.act { _ = try $0.amendEpisode(number, second, reason: "typing") }
    }

    @Test func `pitfall 23 a step recorded meanwhile makes an edit stale as well`() throws {
        let number = try desk.open("One", isArrived: false)
        try desk.act { _ = try $0.recordArrival(number, at: desk.instant("2026-11-10T10:20")) }
        try refuse(.staleEdit, number) { amendment in
            amendment.town = "Avon"
            amendment.readVersion = 1
        }
    }

    @Test func `an amendment that changes nothing leaves the version`() throws {
        let number = try desk.open("One")
        try amend(number) { $0.town = "Hartford" }
        #expect(try desk.record(number).version == 2)
    }

    @Test func `a case of another site is not amended`() throws {
        let number = try desk.open("One")
        for login in ["dana", "ana", "boss"] {
            try desk.expectRefusal(.notPermitted, as: login) {
                _ = try $0.amendEpisode(number, EpisodeAmendment(), reason: "typing")
            }
        }
    }
}
