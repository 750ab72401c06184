import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// A referral taken through its steps by a person; `CrisisDesk.act` checks audit and deadlines after each.
struct ReferralCommandTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    private func add(_ number: String, agency: String = "Wheeler", at: String = "2026-11-10T11:00") throws
        -> ReferralChange
    {
        let steps = try desk.steps([.identified], from: at)
        return try desk.act {
            try $0.addReferral(number, service: "outpatient", agency: agency, warmHandoff: nil, steps: steps)
        }
    }

    private func step(
        _ number: String,
        _ state: ReferralState,
        at: String,
        appointment: String? = nil,
        as login: String = "casey",
        isDryRun: Bool = false
    ) throws {
        let step = ReferralStep(
            state,
            at: try desk.instant(at),
            appointmentAt: try appointment.map(desk.instant),
            reason: state == .closedWithoutConnection ? "x" : ""
        )
        try desk.act(as: login) {
            _ = try $0.advanceReferral(number, "1", [step], action: "referral step", isDryRun: isDryRun)
        }
    }

    private func refuse(_ rule: Rule, _ number: String, _ state: ReferralState, at: String, as login: String = "casey")
        throws
    {
        let step = ReferralStep(state, at: try desk.instant(at), appointmentAt: try desk.instant("2026-12-01T10:00"))
        try desk.expectRefusal(rule, as: login) {
            _ = try $0.advanceReferral(number, "1", [step], action: "referral step")
        }
    }

    @Test func `each step starts and ends the clocks of its own`() throws {
        let number = try desk.open("One")
        _ = try add(number)
        func clocks() throws -> [String] {
            try desk.deadlines(number).filter { $0.hasPrefix("referral-answer") || $0.hasPrefix("first-appointment") }
        }
        #expect(try clocks() == [])
        try step(number, .offered, at: "2026-11-10T11:00")
        #expect(try clocks() == [])
        // A Tuesday: three business days later is Friday.
        try step(number, .sent, at: "2026-11-10T11:30")
        #expect(try clocks() == ["referral-answer 2026-11-13T23:59 open"])
        try step(number, .waitlisted, at: "2026-11-12T09:00")
        #expect(try clocks() == ["referral-answer 2026-11-13T23:59 met", "referral-answer 2026-11-26T23:59 open"])
        try step(number, .accepted, at: "2026-11-16T09:00")
        #expect(try clocks().first == "first-appointment 2026-11-30T23:59 open")
        #expect(try clocks().count { $0.hasSuffix("met") } == 2)
        try step(number, .scheduled, at: "2026-11-16T09:00", appointment: "2026-11-18T15:00")
        #expect(try clocks().first == "first-appointment 2026-11-18T23:59 open")
        try step(number, .noShow, at: "2026-11-18T15:30")
        #expect(try clocks().first == "first-appointment 2026-11-18T23:59 open")
        try step(number, .scheduled, at: "2026-11-18T16:00", appointment: "2026-11-19T15:00")
        try step(number, .attended, at: "2026-11-19T15:00")
        #expect(try clocks().first == "first-appointment 2026-11-19T23:59 met")
        try step(number, .connected, at: "2026-11-19T15:00")
        #expect(try clocks().allSatisfy { $0.hasSuffix("met") })
    }

    @Test func `references are 1, 2, 3, and never one that a source gave`() throws {
        var files = CaseloadFiles()
        files.episode("A")
        files.referral("A", 1, ["referral_ref": "2"])
        try desk.agency.expectKept(files)
        let session = try desk.agency.open()
        var refs: [String] = []
        for _ in 1...3 {
            let steps = [ReferralStep(.identified, at: session.now)]
            let added = try session.addReferral("A", service: "medical", agency: "B", warmHandoff: nil, steps: steps)
            refs.append(added.ref)
        }
        #expect(refs == ["3", "4", "5"])
        let listing = try session.referralList("A", openOnly: false)
        #expect(listing.rows.map { $0[1] } == [.code("2"), .code("3"), .code("4"), .code("5")])
    }

    /// The closed loop as practice.md section 5 draws it, written out apart from the program's own table.
    private static let onward: [ReferralState: Set<ReferralState>] = [
        .identified: [.offered], .offered: [.sent], .sent: [.accepted, .rejected, .waitlisted],
        .waitlisted: [.accepted, .rejected], .accepted: [.scheduled, .attended],
        .scheduled: [.scheduled, .attended, .noShow, .cancelled], .noShow: [.scheduled], .cancelled: [.scheduled],
        .attended: [.connected],
    ]

    /// The steps that lead to a state.
    private static func way(to state: ReferralState) -> [ReferralState] {
        let sent: [ReferralState] = [.identified, .offered, .sent]
        return switch state {
        case .identified: [.identified]
        case .offered: [.identified, .offered]
        case .sent: sent
        case .accepted, .rejected, .waitlisted: sent + [state]
        case .scheduled: sent + [.accepted, .scheduled]
        case .attended, .noShow, .cancelled: sent + [.accepted, .scheduled, state]
        case .connected: sent + [.accepted, .scheduled, .attended, .connected]
        case .declinedByFamily, .closedWithoutConnection: [.identified, state]
        }
    }

    @Test(arguments: ReferralState.allCases)
    func `from each state the steps of the practice are taken and every other is refused`(from: ReferralState) throws {
        let ends: Set<ReferralState> = [.declinedByFamily, .closedWithoutConnection]
        let isOpen = from != .attended && Self.onward[from] != nil
        let allowed = (Self.onward[from] ?? []).union(isOpen ? ends : [])
        let number = try desk.open("One")
        let steps = try desk.steps(Self.way(to: from), from: "2026-11-10T11:00", appointment: "2026-11-18T10:00")
        try desk.act {
            _ = try $0.addReferral(number, service: "outpatient", agency: "W", warmHandoff: nil, steps: steps)
        }
        for next in ReferralState.allCases {
            guard allowed.contains(next) else {
                try refuse(.stateOrder, number, next, at: "2026-11-19T10:00")
                continue
            }
            // A dry run takes the step and leaves the referral where it stands, for the next one.
            try step(
                number,
                next,
                at: "2026-11-19T10:00",
                appointment: next == .scheduled ? "2026-12-01T10:00" : nil,
                isDryRun: true
            )
        }
        let listing = try desk.agency.open().referralList(number, openOnly: false)
        #expect(listing.rows.first?[4] == .code(from.rawValue))
    }

    @Test func `a refused step names the command that would be right`() throws {
        let number = try desk.open("One")
        _ = try add(number)
        func remedy(_ state: ReferralState, at: String = "2026-11-10T12:00") throws -> String {
            let step = ReferralStep(state, at: try desk.instant(at))
            let refusal = try #require(throws: RuleViolation.self) {
                _ = try desk.agency.open(as: "casey").advanceReferral(number, "1", [step], action: "referral step")
            }
            return refusal.remedy
        }
        #expect(try remedy(.sent) == "The next step would be: followup referral offer \(number) 1")
        try step(number, .offered, at: "2026-11-10T12:00")
        #expect(try remedy(.accepted) == "The next step would be: followup referral send \(number) 1")
        #expect(try remedy(.sent, at: "2026-11-10T11:59:59").hasPrefix("Check --at"))
        try step(number, .declinedByFamily, at: "2026-11-10T12:00")
        #expect(try remedy(.sent).hasSuffix("followup referral add \(number)"))
    }

    @Test func `a step may be of the instant before it, not of a second earlier, nor of the future`() throws {
        let number = try desk.open("One")
        _ = try add(number)
        try refuse(.stateOrder, number, .offered, at: "2026-11-10T10:59:59")
        try step(number, .offered, at: "2026-11-10T11:00")
        try refuse(.inTheFuture, number, .sent, at: "2026-11-20T09:00:01")
        try step(number, .sent, at: "2026-11-20T09:00")
    }

    @Test func `steps of one instant that are typed in one second keep their order`() throws {
        let number = try desk.open("One")
        _ = try add(number)
        let way: [ReferralState] = [.offered, .sent, .waitlisted, .accepted, .attended, .connected]
        for state in way { try step(number, state, at: "2026-11-10T11:00") }
        let detail = try desk.agency.open().showReferral(number, "1")
        guard case .listing(let steps) = try #require(detail.sections.last).content else {
            Issue.record("the steps are a list")
            return
        }
        #expect(steps.rows.map { $0[1] } == ([.identified] + way).map { .code($0.rawValue) })
    }

    @Test func `attended and connected are kept together or not at all`() throws {
        let number = try desk.open("One")
        let steps = try desk.steps([.identified, .offered, .sent, .accepted], from: "2026-11-10T11:00")
        try desk.act {
            _ = try $0.addReferral(number, service: "outpatient", agency: "W", warmHandoff: nil, steps: steps)
        }
        let at = try desk.instant("2026-11-18T10:00")
        let early = [ReferralStep(.attended, at: at), ReferralStep(.connected, at: at.adding(seconds: -1))]
        try desk.expectRefusal(.stateOrder) { _ = try $0.advanceReferral(number, "1", early, action: "x") }
        let both = [ReferralStep(.attended, at: at), ReferralStep(.connected, at: at)]
        let entries = try desk.agency.auditEntries().count
        let result = try desk.agency.open(as: "casey").advanceReferral(number, "1", both, action: "x")
        #expect(result.state == .connected)
        let actions = try desk.agency.auditEntries().dropFirst(entries).map(\.action)
        #expect(actions == ["referral attended", "referral connected"])
        #expect(try desk.agency.errors() == [])
    }

    @Test func `after the discharge an answer may come, but nothing is sent`() throws {
        let number = try desk.open("One", mode: .phone)
        for _ in 1...2 { _ = try add(number) }
        for state in [ReferralState.offered, .sent] { try step(number, state, at: "2026-11-10T12:00") }
        let discharge = Discharge(at: try desk.instant("2026-11-12T09:00"), on: try #require(CivilDate("2026-11-12")))
        try desk.expectRefusal(.referralOpen) {
            _ = try $0.closeEpisode(number, discharge, reason: "met treatment goals")
        }
        try desk.act {
            _ = try $0.closeEpisode(number, discharge, reason: "met treatment goals", handoverReason: "school nurse")
        }
        try step(number, .accepted, at: "2026-11-13T09:00")
        #expect(try desk.openDeadlines(number) == [])
        let offer = ReferralStep(.offered, at: try desk.instant("2026-11-13T09:00"))
        try desk.expectRefusal(.episodeClosed) { _ = try $0.advanceReferral(number, "2", [offer], action: "x") }
    }

    @Test func `a case closes once the outcome of every referral is known`() throws {
        let number = try desk.open("One")
        let plan = desk.plan()
        let planned = try desk.instant("2026-11-10T14:00")
        try desk.act { _ = try $0.activatePlan(number, plan, reason: "first plan", at: planned) }
        _ = try add(number)
        let discharge = Discharge(at: try desk.instant("2026-11-19T09:00"), on: try #require(CivilDate("2026-11-19")))
        func close(_ session: borrowing Session) throws {
            _ = try session.closeEpisode(number, discharge, reason: "met treatment goals")
        }
        let before: [(ReferralState, String?)] = [
            (.offered, nil), (.sent, nil), (.accepted, nil), (.scheduled, "2026-11-15T10:00"),
        ]
        for (state, appointment) in before {
            try desk.expectRefusal(.referralOpen) { try close($0) }
            try step(number, state, at: "2026-11-11T09:00", appointment: appointment)
        }
        try desk.expectRefusal(.referralOpen) { try close($0) }
        try step(number, .attended, at: "2026-11-15T10:00")
        try desk.act { try close($0) }
    }

    @Test func `a clinician of another site, an analyst and an administrator change no referral`() throws {
        let number = try desk.open("One")
        _ = try add(number)
        for login in ["dana", "ana", "boss"] {
            try refuse(.notPermitted, number, .offered, at: "2026-11-10T12:00", as: login)
            try desk.expectRefusal(.notPermitted, as: login) {
                _ = try $0.recordHandoff(number, "1", tookPlace: true)
            }
        }
        let dana = try desk.agency.open(as: "dana")
        #expect(throws: RuleViolation.self) { try dana.showReferral(number, "1") }
        #expect(throws: RuleViolation.self) { try dana.referralList(number, openOnly: false) }
        #expect(try dana.referralList(nil, openOnly: false).rows.isEmpty)
        #expect(try desk.agency.open(as: "kim").referralList(nil, openOnly: true).rows.count == 1)
        try step(number, .offered, at: "2026-11-10T12:00", as: "kim")
    }

    @Test func `a reference that the case does not have changes nothing`() throws {
        let number = try desk.open("One")
        _ = try add(number)
        let step = ReferralStep(.offered, at: try desk.instant("2026-11-10T12:00"))
        try desk.expectFailure { _ = try $0.advanceReferral(number, "2", [step], action: "referral offer") }
        try desk.expectFailure { _ = try $0.recordHandoff(number, "", tookPlace: true) }
    }

    @Test func `a warm hand-off is audited with what was known before, and connects nobody`() throws {
        let number = try desk.open("One")
        _ = try add(number)
        for (tookPlace, detail) in [
            (true, #"{"warm_handoff":[null,"yes"]}"#), (true, ""), (false, #"{"warm_handoff":["yes","no"]}"#),
        ] {
            let result = try desk.act { try $0.recordHandoff(number, "1", tookPlace: tookPlace) }
            #expect(result.state == .identified)
            #expect(try desk.agency.auditEntries().last?.detail == detail)
            let row = try desk.agency.open().referralList(number, openOnly: true).rows.first
            #expect(row?[10] == .bool(tookPlace))
        }
    }

    @Test(arguments: [
        ("Wheeler Clinic", false), ("Wheeler Clinc", true), ("WHEELER CLINIC", true), ("Wheéler clinic", true),
        ("Wheeler", false), ("Clinic of Hope", false),
    ])
    func `a name that is nearly a known agency's is asked about, and taken`(agency: String, warns: Bool) throws {
        let number = try desk.open("One")
        #expect(try add(number, agency: "Wheeler Clinic").change.warnings == [])
        let second = try add(number, agency: agency)
        #expect(second.change.warnings.map { $0.contains("\"Wheeler Clinic\"") } == (warns ? [true] : []))
        #expect(second.ref == "2")
        #expect(try desk.agency.open().knownAgencies().count == (agency == "Wheeler Clinic" ? 1 : 2))
    }

    // The seeds are arguments, so that a failure shows its own.
    @Test(arguments: [UInt64.random(in: 0...UInt64.max), UInt64.random(in: 0...UInt64.max)])
    func `any walk through the states leaves the file as the rules give it`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let number = try desk.open("One")
        _ = try add(number)
        var at = try desk.instant("2026-11-10T11:00")
        var taken = [ReferralState.identified]
        let ends: Set<ReferralState> = [.declinedByFamily, .closedWithoutConnection, .rejected]
        for _ in 0..<30 {
            let onward = taken.last.flatMap { Self.onward[$0] } ?? []
            let right = onward.sorted { $0.rawValue < $1.rawValue }
            let isWild = right.isEmpty || Bool.random(using: &generator)
            let next = generator.one(of: isWild ? ReferralState.allCases : right)
            if ends.contains(next) { continue }
            let time = at.adding(seconds: Int64.random(in: -1800...7200, using: &generator))
            let isDue = time >= at && onward.contains(next)
            let step = ReferralStep(
                next,
                at: time,
                appointmentAt: next == .scheduled ? time.adding(seconds: 86_400) : nil
            )
            if isDue {
                try desk.act { _ = try $0.advanceReferral(number, "1", [step], action: "x") }
                taken.append(next)
                at = time
            } else {
                try desk.expectRefusal(.stateOrder) { _ = try $0.advanceReferral(number, "1", [step], action: "x") }
            }
        }
        let listing = try desk.agency.open().referralList(number, openOnly: false)
        #expect(listing.rows.first?[4] == taken.last.map { .code($0.rawValue) })
    }
}
