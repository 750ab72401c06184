import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// A visit that was logged wrongly: corrected in its place, judged like a new one, with the old values kept.
struct AmendVisitTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    private func log(_ number: String, _ visit: NewVisit) throws -> RecordID<Visit> {
        try #require(try desk.act { try $0.logVisit(number, visit).loggedVisit })
    }

    private func visits(_ number: String) throws -> [VisitRecord] {
        try desk.agency.read { db in try VisitStore.records(of: CaseFinder.find(number, in: db).id, in: db) }
    }

    private func amendment(_ change: (inout VisitAmendment) throws -> Void) rethrows -> VisitAmendment {
        var amendment = VisitAmendment()
        try change(&amendment)
        return amendment
    }

    @discardableResult
    private func amend(
        _ number: String,
        _ id: RecordID<Visit>,
        at time: String? = nil,
        _ change: (inout VisitAmendment) throws -> Void
    ) throws -> VisitChange {
        let amendment = try amendment(change)
        return try desk.act(at: time) { try $0.amendVisit(number, id, amendment, reason: "typing") }
    }

    @Test func `everything of a visit can be set right; it keeps its id, and both values are audited`() throws {
        let number = try desk.open("One")
        var new = try desk.visit("2026-11-12T15:00")
        (new.minutes, new.note, new.promisedNext) = (45, "calm", CivilDate("2026-11-16"))
        let id = try log(number, new)
        let before = try #require(try visits(number).first)
        let change = try amend(number, id) { amendment in
            amendment.at = try desk.instant("2026-11-13T16:30")
            amendment.mode = .inPerson
            amendment.with = .both
            amendment.minutes = 50
            amendment.note = "very \"calm\""
            amendment.clinician = "kim"
            amendment.promisedNext = CivilDate("2026-11-18")
        }
        #expect(change.version == 2 && change.visit == id)
        let after = try #require(try visits(number).first)
        #expect(after.visit.id == id && after.version == 2 && after.clinician != before.clinician)
        #expect(after.recordedAt == before.recordedAt && after.recordedBy == before.recordedBy)
        #expect(after.visit.mode == .inPerson && after.visit.with == .both && after.minutes == 50)
        #expect(try desk.openDeadlines(number).contains("next-contact 2026-11-18T23:59"))
        let (old, right) = (try desk.instant("2026-11-12T15:00"), try desk.instant("2026-11-13T16:30"))
        let entry = try #require(try desk.agency.auditEntries().last)
        #expect(entry.action == "visit amend" && entry.record == id.value && entry.episode == after.episode)
        #expect(
            entry.detail == "{\"visit_version\":[1,2],\"at\":[\(old.seconds),\(right.seconds)],"
                + #""mode":["phone","in person"],"with":["youth","both"],"minutes":[45,50],"#
                + #""clinician":["casey","kim"],"note":["calm","very \"calm\""],"#
                + #""next":["2026-11-16","2026-11-18"],"reason":[null,"typing"]}"#
        )
        try amend(number, id) { ($0.clearsMinutes, $0.clearsPromise, $0.note) = (true, true, "") }
        let bare = try #require(try visits(number).first)
        #expect(bare.minutes == nil && bare.visit.promisedNext == nil && bare.note.isEmpty && bare.version == 3)
        #expect(try desk.openDeadlines(number).contains("next-contact 2026-11-20T23:59"))
    }

    @Test func `what changes nothing makes no version`() throws {
        let number = try desk.open("One")
        let id = try log(number, desk.visit("2026-11-12T15:00"))
        #expect(try amend(number, id) { $0.mode = .phone }.version == 1)
        #expect(try amend(number, id) { $0.note = "x" }.version == 2)
        #expect(try amend(number, id) { $0.note = "x" }.version == 2)
    }

    @Test func `pitfall 13 a contact corrected to an attempt opens its deadline again, and is counted as an attempt`()
        throws
    {
        let number = try desk.open("One")
        let id = try log(number, desk.visit("2026-11-11T15:00"))
        #expect(try desk.deadlines(number).contains("first-contact 2026-11-12T10:40 met"))
        #expect(try desk.record(number).standing.attempts == 0)
        try amend(number, id) { $0.result = .noAnswer }
        #expect(try desk.openDeadlines(number).contains("first-contact 2026-11-12T10:40"))
        #expect(try desk.openDeadlines(number).contains { $0.hasPrefix("next-contact") } == false)
        #expect(try desk.record(number).standing.attempts == 1)
        #expect(try desk.record(number).standing.lastContactAt == nil)
        // And back: an attempt that was a contact meets it.
        try amend(number, id) { $0.result = .completed }
        #expect(try desk.deadlines(number).contains("first-contact 2026-11-12T10:40 met"))
        // With a school it is neither.
        try amend(number, id) { $0.with = .school }
        #expect(try desk.openDeadlines(number).contains("first-contact 2026-11-12T10:40"))
        #expect(try desk.record(number).standing.attempts == 0)
    }

    @Test func `pitfall 22 two visits corrected into one minute are both kept, each under its id`() throws {
        let number = try desk.open("One")
        let first = try log(number, desk.visit("2026-11-11T15:00"))
        let second = try log(number, desk.visit("2026-11-12T15:00"))
        try amend(number, second) { $0.at = try desk.instant("2026-11-11T15:00") }
        #expect(try visits(number).map(\.visit.id) == [first, second].sorted())
        #expect(try Set(visits(number).map(\.visit.at)) == [desk.instant("2026-11-11T15:00")])
        // The one moved behind the other is the latest contact.
        try amend(number, first) { $0.at = try desk.instant("2026-11-11T15:01") }
        #expect(try visits(number).map(\.visit.id) == [second, first])
        #expect(try desk.record(number).standing.lastContactAt == desk.instant("2026-11-11T15:01"))
    }

    @Test
    func `pitfall 23 of two who correct one visit from one version the second is refused, and told the difference`()
        throws
    {
        let number = try desk.open("One")
        let id = try log(number, desk.visit("2026-11-12T15:00"))
        try amend(number, id) { ($0.note, $0.clinician, $0.readVersion) = ("visit_version \"[,", "kim", 1) }
        let second = amendment { ($0.minutes, $0.readVersion) = (30, 1) }
        try desk.expectRefusal(.staleEdit) { _ = try $0.amendVisit(number, id, second, reason: "x") }
        let refusal = try #require(throws: RuleViolation.self) {
            _ = try desk.agency.open(as: "casey").amendVisit(number, id, second, reason: "x")
        }
        #expect(refusal.message == "somebody else changed the visit meanwhile: clinician, note")
        #expect(refusal.remedy.hasSuffix("followup visit list \(number)"))
        #expect(try visits(number).first?.minutes == nil)
        try amend(number, id) { ($0.minutes, $0.readVersion) = (30, 2) }
        // Only what came after the version that was read is told.
        let third = amendment { ($0.mode, $0.readVersion) = (.video, 2) }
        let later = try #require(throws: RuleViolation.self) {
            _ = try desk.agency.open(as: "casey").amendVisit(number, id, third, reason: "x")
        }
        #expect(later.message == "somebody else changed the visit meanwhile: minutes")
        // A version that never was is as stale.
        try desk.expectRefusal(.staleEdit) {
            _ = try $0.amendVisit(number, id, amendment { ($0.minutes, $0.readVersion) = (1, 4) }, reason: "x")
        }
        // An amendment of the case itself is none of the visit's, and the other way round.
        var episode = EpisodeAmendment()
        (episode.language, episode.readVersion) = ("Spanish", try desk.record(number).version)
        try desk.act { _ = try $0.amendEpisode(number, episode, reason: "x") }
        try amend(number, id) { ($0.minutes, $0.readVersion) = (31, 3) }
        episode.language = "French"
        let stale = try #require(throws: RuleViolation.self) {
            _ = try desk.agency.open(as: "casey").amendEpisode(number, episode, reason: "x")
        }
        #expect(stale.message == "somebody else changed the case meanwhile: language")
    }

    @Test func `the rules judge a corrected visit by its own time, as they do a new one`() throws {
        let number = try desk.open("One", call: "2026-10-01T10:00")
        let id = try log(number, desk.visit("2026-10-20T10:00"))
        func corrected(to time: String, _ rule: Rule?) throws {
            let amendment = try amendment { $0.at = try desk.instant(time) }
            if let rule {
                try desk.expectRefusal(rule) { _ = try $0.amendVisit(number, id, amendment, reason: "x") }
            } else {
                try desk.act { _ = try $0.amendVisit(number, id, amendment, reason: "x") }
            }
        }
        // The window runs from 1 October to 12 November, its day 42.
        try corrected(to: "2026-11-12T23:59:59", nil)
        try corrected(to: "2026-11-13T00:00", .windowClosed)
        try corrected(to: "2026-10-01T10:00", nil)
        try corrected(to: "2026-10-01T09:59:59", .beforeEpisode)
        try corrected(to: "2026-11-20T09:00:01", .inTheFuture)
        #expect(try visits(number).map(\.visit.at) == [desk.instant("2026-10-01T10:00")])
        try corrected(to: "2026-10-20T10:00", nil)
        let discharge = Discharge(at: try desk.instant("2026-10-25T09:00"), on: try #require(CivilDate("2026-10-25")))
        try desk.act(as: "sam") {
            _ = try $0.closeEpisode(number, discharge, reason: "family moved", overrideReason: "x")
        }
        // In a closed case what happened before the discharge can still be set right.
        try corrected(to: "2026-10-25T08:59:59", nil)
        try corrected(to: "2026-10-25T09:00", .episodeClosed)
        #expect(try desk.openDeadlines(number) == [])
    }

    @Test func `an extension counts for a corrected visit from the moment it was granted`() throws {
        let number = try desk.open("One", call: "2026-10-01T10:00")
        let id = try log(number, desk.visit("2026-10-20T10:00"))
        try desk.act(as: "sam", at: "2026-11-14T12:00") {
            _ = try $0.extendWindow(number, to: #require(CivilDate("2026-11-20")), requestedBy: nil, reason: "x")
        }
        for (time, isInside) in [
            ("2026-11-13T10:00", false), ("2026-11-14T11:59:59", false), ("2026-11-14T12:00", true),
        ] {
            let amendment = try amendment { $0.at = try desk.instant(time) }
            if isInside {
                try desk.act { _ = try $0.amendVisit(number, id, amendment, reason: "x") }
            } else {
                try desk.expectRefusal(.windowClosed) { _ = try $0.amendVisit(number, id, amendment, reason: "x") }
            }
        }
    }

    @Test func `a promise has to fit the corrected visit`() throws {
        let number = try desk.open("One")
        var new = try desk.visit("2026-11-12T15:00")
        new.promisedNext = CivilDate("2026-11-16")
        let id = try log(number, new)
        try desk.expectRefusal(.promiseWithoutContact) {
            _ = try $0.amendVisit(number, id, amendment { $0.result = .noShow }, reason: "x")
        }
        for (time, isInside) in [("2026-11-17T10:00", false), ("2026-11-16T10:00", true)] {
            let late = try amendment { $0.at = try desk.instant(time) }
            if isInside {
                try desk.act { _ = try $0.amendVisit(number, id, late, reason: "x") }
            } else {
                try desk.expectRefusal(.promiseOutsideWindow) { _ = try $0.amendVisit(number, id, late, reason: "x") }
            }
        }
        for (day, isInside) in [("2026-12-22", true), ("2026-12-23", false), ("2026-11-15", false)] {
            let promise = amendment { $0.promisedNext = CivilDate(day) }
            if isInside {
                try desk.act { _ = try $0.amendVisit(number, id, promise, reason: "x") }
            } else {
                try desk.expectRefusal(.promiseOutsideWindow) {
                    _ = try $0.amendVisit(number, id, promise, reason: "x")
                }
            }
        }
        try amend(number, id) { ($0.result, $0.clearsPromise) = (.noShow, true) }
        #expect(try visits(number).first?.visit.promisedNext == nil)
    }

    @Test func `in minor-consented care a visit is not corrected to one with a caregiver without a reason`() throws {
        let number = try desk.open("One") { $0.minorConsented = true }
        let id = try log(number, desk.visit("2026-11-12T15:00"))
        for with in [ContactWith.caregiver, .both] {
            try desk.expectRefusal(.minorConsented) {
                _ = try $0.amendVisit(number, id, amendment { $0.with = with }, reason: "x")
            }
        }
        try amend(number, id) { ($0.with, $0.overrideReason) = (.both, "the youth asked for it") }
        // The reason stays with the visit.
        try amend(number, id) { $0.minutes = 20 }
        try desk.expectRefusal(.minorConsented) {
            _ = try $0.amendVisit(number, id, amendment { $0.overrideReason = " " }, reason: "x")
        }
    }

    @Test func `only a visit of the case that is not voided is corrected, by who may write there`() throws {
        let (one, two) = (try desk.open("One"), try desk.open("Two"))
        let id = try log(one, desk.visit("2026-11-12T15:00"))
        let right = amendment { $0.minutes = 5 }
        try desk.expectFailure { _ = try $0.amendVisit(two, id, right, reason: "x") }
        try desk.expectFailure { _ = try $0.amendVisit(one, RecordID(1), right, reason: "x") }
        try desk.expectFailure { _ = try $0.amendVisit(one, id, amendment { $0.clinician = "nobody" }, reason: "x") }
        for login in ["dana", "ana", "boss"] {
            try desk.expectRefusal(.notPermitted, as: login) { _ = try $0.amendVisit(one, id, right, reason: "x") }
        }
        try desk.act { _ = try $0.voidVisit(one, id, reason: "x") }
        try desk.expectFailure { _ = try $0.amendVisit(one, id, right, reason: "x") }
    }

    @Test func `a dry run judges and keeps nothing; the list shows the version`() throws {
        let number = try desk.open("One")
        let id = try log(number, desk.visit("2026-11-12T15:00"))
        let right = amendment { ($0.note, $0.result) = ("n", .noAnswer) }
        let dry = try desk.act { try $0.amendVisit(number, id, right, reason: "x", isDryRun: true) }
        #expect(dry.version == 2 && dry.change.openDeadlines.contains { $0.kind == .firstContact })
        #expect(try visits(number).first?.note == "")
        func version() throws -> Cell? {
            let listing = try desk.act { try $0.visitList(number) }
            let place = try #require(listing.columns.firstIndex { $0.key == "version" })
            return listing.rows.first?[place]
        }
        #expect(try version() == .int(1))
        try desk.act { _ = try $0.amendVisit(number, id, right, reason: "x") }
        #expect(try version() == .int(2))
    }
}
