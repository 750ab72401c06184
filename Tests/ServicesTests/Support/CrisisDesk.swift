import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// A small agency with its people, at whose cases one person acts at a time; every act is checked from all sides.
///
/// Hartford has casey and kim, both clinicians, and sam, a supervisor; Danbury has dana, a clinician. Sue supervises
/// everywhere, ana is an analyst, admin an administrator who also supervises, boss an administrator alone.
final class CrisisDesk {
    let agency: TestAgency

    init(now: String = "2026-11-20T09:00") throws {
        agency = try TestAgency(now: now)
        let session = try agency.open()
        try session.addSite(named: "Hartford", towns: ["Hartford", "Avon"])
        try session.addSite(named: "Danbury", towns: ["Danbury"])
        let people: [(String, Role, String?)] = [
            ("casey", .clinician, "Hartford"), ("kim", .clinician, "Hartford"), ("sam", .supervisor, "Hartford"),
            ("dana", .clinician, "Danbury"), ("sue", .supervisor, nil), ("ana", .analyst, nil),
            ("boss", .administrator, nil),
        ]
        for (login, role, site) in people {
            try session.addStaff(login: login, name: "", grants: [NamedGrant(role: role, site: site)])
        }
    }

    func instant(_ text: String) throws -> Instant { try agency.instant(text) }

    /// Acts, and checks what holds after every act: one audit entry, a whole chain, deadlines as the rules give them.
    @discardableResult
    func act<Result>(
        as login: String = "casey",
        at time: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: (borrowing Session) throws -> Result
    ) throws -> Result {
        let before = try agency.auditEntries().count
        let result = try body(try agency.open(as: login, at: time.map(instant)))
        try checkAudit(after: before, login, isDone: true, sourceLocation)
        return result
    }

    /// Acts, and is refused by a rule: nothing is changed, and the audit has one entry that says so.
    func expectRefusal(
        _ rule: Rule,
        as login: String = "casey",
        at time: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: (borrowing Session) throws -> Void
    ) throws {
        let entries = try agency.auditEntries().count
        let before = try agency.tableCounts()
        let violation = try #require(throws: RuleViolation.self, sourceLocation: sourceLocation) {
            try body(try agency.open(as: login, at: time.map(instant)))
        }
        #expect(violation.rule == rule, "\(violation.message)", sourceLocation: sourceLocation)
        #expect(try agency.tableCounts() == before, sourceLocation: sourceLocation)
        let added = try agency.auditEntries().dropFirst(entries)
        #expect(added.map(\.outcome) == ["refused: \(rule.rawValue)"], sourceLocation: sourceLocation)
        #expect(added.allSatisfy { $0.login == login && $0.osUser == "tester" }, sourceLocation: sourceLocation)
        try checkAudit(after: entries, login, isDone: false, sourceLocation)
    }

    /// Acts, and does not get that far: the audit has one entry that says that it failed.
    func expectFailure(
        as login: String = "casey",
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: (borrowing Session) throws -> Void
    ) throws {
        let entries = try agency.auditEntries().count
        let before = try agency.tableCounts()
        _ = try #require(throws: ServiceError.self, sourceLocation: sourceLocation) {
            try body(try agency.open(as: login))
        }
        #expect(try agency.tableCounts() == before, sourceLocation: sourceLocation)
        let added = try agency.auditEntries().dropFirst(entries)
        #expect(added.map(\.outcome) == ["failed"], sourceLocation: sourceLocation)
    }

    private func checkAudit(
        after count: Int,
        _ login: String,
        isDone: Bool,
        _ sourceLocation: SourceLocation
    ) throws {
        let entries = try agency.auditEntries()
        #expect(entries.count == count + 1, "one entry for one act", sourceLocation: sourceLocation)
        #expect(try agency.auditBreak() == nil, sourceLocation: sourceLocation)
        if isDone, let last = entries.last {
            #expect(last.outcome == "done" || last.outcome == "dry run", sourceLocation: sourceLocation)
            #expect(last.login == login && last.osUser == "tester" && last.actor != nil, sourceLocation: sourceLocation)
        }
        // Read without an audit entry of its own, so that entries can be counted.
        let errors = try Inspection.runReadOnly(agency.path, now: agency.now).filter { $0.severity == .error }
        #expect(errors.map(\.finding) == [], sourceLocation: sourceLocation)
    }

    /// What opens a case of a child; the last name tells children apart.
    func request(_ name: String, call: String = "2026-11-10T10:00", mode: ResponseMode = .mobile) throws
        -> OpeningRequest
    {
        var request = OpeningRequest(
            person: .new(firstName: "Test", lastName: name, birthDate: CivilDate("2012-05-01"), sex: .female),
            mode: mode,
            referralSource: "school",
            presentingProblem: "anxiety",
            callReceivedAt: try instant(call)
        )
        request.town = "Hartford"
        request.isNotADuplicate = true
        request.caregiverName = "Test Caregiver"
        request.caregiverPhone = "860-555-0142"
        return request
    }

    /// Opens a case and, for a mobile one, records the arrival 40 minutes after the call.
    /// - Returns: its case number.
    func open(
        _ name: String,
        call: String = "2026-11-10T10:00",
        mode: ResponseMode = .mobile,
        isArrived: Bool = true,
        _ change: (inout OpeningRequest) -> Void = { _ in }
    ) throws -> String {
        var request = try request(name, call: call, mode: mode)
        change(&request)
        let number = try act { try $0.openEpisode(request).caseNumber.description }
        if mode.isMobile, isArrived {
            let arrival = request.callReceivedAt.adding(seconds: 40 * 60)
            try act { _ = try $0.recordArrival(number, at: arrival) }
        }
        return number
    }

    func visit(
        _ at: String,
        _ result: ContactResult = .completed,
        with: ContactWith = .youth,
        mode: ContactMode = .phone
    ) throws -> NewVisit {
        NewVisit(at: try instant(at), mode: mode, result: result, with: with)
    }

    func plan(review: String = "2026-11-24") -> PlanContent {
        PlanContent(
            entries: [
                .warningSigns: ["pacing"], .coping: ["music"], .distraction: ["porch"],
                .helpers: ["aunt 860-555-0142"], .professionals: ["988", "2-1-1"], .safeEnvironment: ["locked"],
            ],
            lethalMeans: [LethalMeans(text: "medication: asked, present, locked by caregiver")],
            youthTookPart: true,
            caregiverTookPart: true,
            copyGiven: "yes",
            reviewOn: CivilDate(review)
        )
    }

    /// The steps of a referral up to a state, one a minute from an instant.
    func steps(_ states: [ReferralState], from at: String, appointment: String? = nil) throws -> [ReferralStep] {
        let start = try instant(at)
        let appointment = try appointment.map(instant)
        return states.enumerated().map { index, state in
            let hasAppointment = state == .accepted || state == .scheduled
            return ReferralStep(
                state,
                at: start.adding(seconds: Int64(index) * 60),
                appointmentAt: hasAppointment ? appointment : nil
            )
        }
    }

    func record(_ number: String) throws -> EpisodeRecord {
        try agency.read { db in try CaseFinder.find(number, in: db) }
    }

    /// The deadlines of a case as the rules give them, ended ones too: `kind` and `due`, then `open`, `met` or why it
    /// ended. Those that are open are the ones that are stored.
    func deadlines(_ number: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [String] {
        let ruled = try agency.read { db in
            let record = try CaseFinder.find(number, in: db)
            let day = agency.zone.date(of: record.callReceivedAt)
            let practice = Practice(
                policy: try #require(try PolicyStore.book(in: db).policy(of: record.program, on: day)),
                zone: agency.zone,
                holidays: try HolidayStore.days(in: db)
            )
            return try HistoryStore.history(of: record, in: db).deadlines(under: practice)
        }
        let open = ruled.filter { $0.outcome == .open }.map(described).sorted()
        #expect(try openDeadlines(number) == open, sourceLocation: sourceLocation)
        return ruled.map { deadline in
            let state =
                switch deadline.outcome {
                case .open: "open"
                case .met: "met"
                case .cancelled(_, let reason): reason.rawValue
                }
            return "\(described(deadline)) \(state)"
        }.sorted()
    }

    /// The stored deadlines of a case: `kind` and `due`.
    func openDeadlines(_ number: String) throws -> [String] {
        try agency.read { db in
            try DeadlineStore.deadlines(of: CaseFinder.find(number, in: db).id, in: db)
        }.map(described).sorted()
    }

    private func described(_ deadline: Deadline) -> String {
        "\(deadline.kind.rawValue) \(agency.zone.rfc3339(deadline.dueAt).prefix(16))"
    }
}
