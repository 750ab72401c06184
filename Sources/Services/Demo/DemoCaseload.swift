internal import CivilTime
internal import CrisisCare

/// Fills a new database with a small synthetic caseload as of today, through the same use cases as a person's entry.
struct DemoCaseload: ~Copyable {
    private let session: Session
    private var random: SeededRandom
    private var clinicians: [String] = []

    /// Cases of a demonstration; arbitrary, a screen or two.
    private static let cases = 36
    /// Days before today in which their calls lie: past the end of a window, so that some are overdue to be closed.
    private static let days = 46

    init(_ session: consuming Session, seed: UInt64 = 1) {
        self.session = session
        random = SeededRandom(seed: seed)
    }

    /// Makes sites, staff and cases; returns how many cases.
    mutating func fill() throws -> Int {
        for (index, site) in DemoPeople.sites.enumerated() {
            try session.addSite(named: site.name, towns: site.towns)
            for number in 1...2 {
                let login = "clinician\(index * 2 + number)"
                let grant = NamedGrant(role: .clinician, site: site.name)
                try session.addStaff(login: login, name: "Demo clinician \(index * 2 + number)", grants: [grant])
                clinicians.append(login)
            }
        }
        try session.addStaff(
            login: "supervisor1",
            name: "Demo supervisor",
            grants: [NamedGrant(role: .supervisor, site: nil)]
        )
        for index in 0..<Self.cases { try addCase(index) }
        return Self.cases
    }

    private mutating func addCase(_ index: Int) throws {
        let day = session.today.adding(days: -Self.days + index * Self.days / Self.cases)
        let call = time(on: day, hour: Int.random(in: 7...15, using: &random))
        let site = index % DemoPeople.sites.count
        let mode: ResponseMode = random.chance(85) ? .mobile : (random.chance(50) ? .deferredMobile : .phone)
        var request = OpeningRequest(
            person: .new(
                firstName: random.pick(DemoPeople.firstNames),
                lastName: random.pick(DemoPeople.lastNames),
                birthDate: day.adding(days: -365 * Int.random(in: 6...17, using: &random) - index),
                sex: random.chance(53) ? .female : .male
            ),
            mode: mode,
            referralSource: random.pick(["school", "self/family", "emergency department", "988"]),
            presentingProblem: random.pick([
                "harm or risk of harm to self", "anxiety", "disruptive behavior", "depression",
            ]),
            callReceivedAt: call
        )
        request.site = DemoPeople.sites[site].name
        request.clinician = clinicians[site * 2 + index / 3 % 2]
        request.town = random.pick(DemoPeople.sites[site].towns)
        request.location = mode.isMobile ? random.pick(["home", "school"]) : "phone"
        request.language = random.chance(80) ? "English" : "Spanish"
        request.caregiverName = "Demo caregiver"
        request.caregiverPhone = "860-555-0\(100 + index)"
        request.transferredAt = call.adding(seconds: 240)
        request.isNotADuplicate = true
        let number = try session.openEpisode(request).caseNumber.description
        if mode == .phone {
            if random.chance(80) { try close(number, on: day) }
            return
        }
        try respond(number, mode, call, clinician: request.clinician)
    }

    private mutating func respond(
        _ number: String,
        _ mode: ResponseMode,
        _ call: Instant,
        clinician: String?
    ) throws {
        let minutes = mode == .mobile ? Int.random(in: 20...58, using: &random) : 60 * 20
        let arrival = call.adding(seconds: Int64(minutes) * 60)
        guard arrival <= session.now else { return }
        _ = try session.recordDispatch(number, at: arrival.adding(seconds: -900))
        _ = try session.recordArrival(number, at: arrival)
        let firstDay = session.zone.date(of: arrival)
        if random.chance(80) { try activatePlan(number, on: firstDay.adding(days: 2)) }
        if random.chance(60) { try refer(number, on: firstDay.adding(days: 3)) }
        var day = firstDay.adding(days: random.pick([1, 1, 2, 3]))
        var visits = 0
        // Some families are not seen again: their next contact becomes overdue.
        let planned = Int.random(in: 0...6, using: &random)
        while visits < planned, day < session.today, day <= firstDay.adding(days: 42) {
            try logVisit(number, on: day, by: clinician)
            visits += 1
            day = day.adding(days: random.pick([5, 7, 7]))
        }
        let isLong = session.today.days(since: firstDay) > 20
        if isLong, visits >= 3, random.chance(60) { try close(number, on: min(day, session.today.adding(days: -1))) }
    }

    private mutating func logVisit(_ number: String, on day: CivilDate, by clinician: String?) throws {
        let isReached = random.chance(80)
        var visit = NewVisit(
            at: time(on: day, hour: Int.random(in: 9...18, using: &random)),
            mode: random.pick([.inPerson, .phone, .video]),
            result: isReached ? .completed : .noAnswer,
            with: random.pick([.youth, .caregiver, .both])
        )
        visit.minutes = isReached ? random.pick([30, 45, 60]) : nil
        visit.note = isReached ? random.pick(DemoPeople.notes) : "left voicemail"
        _ = try session.logVisit(number, visit, by: clinician)
    }

    private mutating func activatePlan(_ number: String, on day: CivilDate) throws {
        guard day < session.today else { return }
        let content = PlanContent(
            entries: [
                .warningSigns: ["pacing", "stops talking"],
                .coping: ["music", "drawing"],
                .distraction: ["the basketball court"],
                .helpers: ["aunt 860-555-0142"],
                .professionals: ["988", "2-1-1", "school counselor"],
                .safeEnvironment: ["medication locked"],
            ],
            lethalMeans: [LethalMeans(text: "medication: asked, present, locked by caregiver")],
            youthTookPart: true,
            caregiverTookPart: true,
            copyGiven: "yes",
            reviewOn: day.adding(days: random.pick([10, 14, 21]))
        )
        _ = try session.activatePlan(number, content, reason: "first plan", at: time(on: day, hour: 10))
    }

    private mutating func refer(_ number: String, on day: CivilDate) throws {
        guard day < session.today else { return }
        var steps = [
            ReferralStep(.identified, at: time(on: day, hour: 11)),
            ReferralStep(.offered, at: time(on: day, hour: 11)),
            ReferralStep(.sent, at: time(on: day, hour: 12)),
        ]
        let answered = day.adding(days: random.pick([1, 2, 3]))
        if answered < session.today, random.chance(80) {
            let appointment = time(on: answered.adding(days: random.pick([7, 10])), hour: 14)
            steps.append(ReferralStep(.accepted, at: time(on: answered, hour: 13), appointmentAt: appointment))
            if appointment < session.now, random.chance(70) {
                steps.append(ReferralStep(.attended, at: appointment))
                steps.append(ReferralStep(.connected, at: appointment))
            }
        }
        _ = try session.addReferral(
            number,
            service: random.pick(["outpatient", "care coordination", "family support"]),
            agency: "Example Counseling Center",
            warmHandoff: random.chance(50),
            steps: steps
        )
    }

    private func close(_ number: String, on day: CivilDate) throws {
        guard day < session.today else { return }
        _ = try session.closeEpisode(
            number,
            Discharge(on: day, in: session.zone),
            reason: "met treatment goals",
            handoverReason: "the family follows up with the agency",
            overrideReason: "demonstration"
        )
    }

    private func time(on day: CivilDate, hour: Int) -> Instant {
        session.zone.startOfDay(day).adding(seconds: Int64(hour) * 3600)
    }
}
