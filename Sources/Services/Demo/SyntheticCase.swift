internal import CivilTime
internal import CrisisCare
internal import Storage

/// Makes the rows of one synthetic case: what happened up to now, or, of a closed one, up to yesterday.
struct SyntheticCase {
    let ref: String
    let clientRef: String
    let person: SyntheticPerson
    let site: String
    let siteNumber: Int
    let clinician: String
    let isOpen: Bool
    let zone: Zone
    let now: Instant

    private(set) var rows: [(file: CaseloadFile, cells: [String])] = []
    /// The last instant at which something may have happened.
    private var limit = Instant.distantPast
    /// The latest of what has happened.
    private var touched = Instant.distantPast
    private var contacts = 0
    private var attempts = 0

    init(
        ref: String,
        clientRef: String,
        person: SyntheticPerson,
        site: String,
        siteNumber: Int,
        clinician: String,
        isOpen: Bool,
        zone: Zone,
        now: Instant
    ) {
        self.ref = ref
        self.clientRef = clientRef
        self.person = person
        self.site = site
        self.siteNumber = siteNumber
        self.clinician = clinician
        self.isOpen = isOpen
        self.zone = zone
        self.now = now
    }

    mutating func make(callOn day: CivilDate, using random: inout SeededRandom) {
        let today = zone.date(of: now)
        limit = isOpen ? now : zone.startOfDay(today).adding(seconds: -1)
        let call = time(on: day, hours: 6...20, &random)
        var mode: ResponseMode = random.chance(92) ? (random.chance(4) ? .deferredMobile : .mobile) : .phone
        var arrival: Instant? = arrival(after: call, day, mode, &random)
        if let at = arrival, at > limit {
            arrival = nil
            // A closed case that nobody has reached yet was answered by phone.
            if !isOpen { mode = .phone }
        }
        let response = mode.isMobile ? arrival : call
        touched = response ?? call
        var lastDay = zone.date(of: response ?? call).adding(days: 42)
        if let response, mode.isMobile, isOpen || random.chance(62) {
            if random.chance(3) { lastDay = extend(lastDay, &random) }
            visit(from: response, to: lastDay, &random)
            if random.chance(88) { plan(after: response, &random) }
            refer(after: response, &random)
        }
        var discharge: (day: CivilDate, reason: String)?
        if !isOpen {
            let isLate = contacts + attempts > 0 && random.chance(5)
            let natural =
                isLate
                ? lastDay.adding(days: Int.random(in: 4...19, using: &random))
                : zone.date(of: touched).adding(days: random.pick([0, 0, 1, 3]))
            discharge = (min(natural, today.adding(days: -1)), reason(mode))
        }
        rows.append((.episodes, episode(call, mode, arrival, discharge, &random)))
    }

    private func reason(_ mode: ResponseMode) -> String {
        if contacts > 0 || attempts == 0 { return "met treatment goals" }
        return attempts >= 3 ? NamedCode.unableToReach : "family discontinued"
    }

    private func arrival(
        after call: Instant,
        _ day: CivilDate,
        _ mode: ResponseMode,
        _ random: inout SeededRandom
    ) -> Instant? {
        switch mode {
        case .mobile:
            let range = random.chance(79) ? 14...45 : 46...150
            return call.adding(seconds: Int64(Int.random(in: range, using: &random)) * 60)
        case .deferredMobile: return time(on: day.adding(days: random.pick([1, 1, 1, 2, 3])), hours: 8...18, &random)
        case .phone: return nil
        }
    }

    private mutating func extend(_ lastDay: CivilDate, _ random: inout SeededRandom) -> CivilDate {
        let end = lastDay.adding(days: random.pick([7, 14]))
        let granted = zone.startOfDay(lastDay.adding(days: -random.pick([0, 1, 2, 5]))).adding(seconds: 10 * 3600)
        guard granted <= limit else { return lastDay }
        touched = max(touched, granted)
        rows.append(
            (
                .extensions,
                [
                    ref, text(granted), end.description, "supervisor\(siteNumber)",
                    random.pick(["awaiting intake appointment", "new placement", "caregiver hospitalized"]),
                ]
            )
        )
        return end
    }

    private mutating func visit(from response: Instant, to lastDay: CivilDate, _ random: inout SeededRandom) {
        var day = zone.date(of: response).adding(days: random.pick([0, 1, 1, 2, 2, 3, 5]))
        while day <= lastDay, contacts < 8 {
            let at = max(time(on: day, hours: 8...19, &random), response.adding(seconds: 1800))
            guard at <= limit, zone.date(of: at) <= lastDay else { return }
            touched = max(touched, at)
            let isReached = random.chance(78)
            let with = random.pick([ContactWith.youth, .youth, .caregiver, .caregiver, .both, .both, .school])
            let result = isReached ? ContactResult.completed : random.pick([.noAnswer, .noAnswer, .noShow])
            if isReached { contacts += with == .school ? 0 : 1 } else { attempts += 1 }
            rows.append(
                (
                    .visits,
                    [
                        ref, text(at), random.pick([ContactMode.inPerson, .inPerson, .phone, .video]).rawValue,
                        result.rawValue, with.rawValue, isReached ? String(random.pick([15, 30, 45, 60])) : "",
                        clinician, isReached ? random.pick(DemoPeople.notes) : "left voicemail",
                    ]
                )
            )
            if contacts >= 2, random.chance(25) { return }
            day = day.adding(days: random.pick([3, 5, 7, 7, 7, 9, 12]))
        }
    }

    private mutating func plan(after response: Instant, _ random: inout SeededRandom) {
        let day = zone.date(of: response).adding(days: random.pick([0, 0, 1, 2, 3, 6, 9]))
        let at = max(time(on: day, hours: 9...19, &random), response.adding(seconds: 3600))
        guard at <= limit else { return }
        touched = max(touched, at)
        let review = zone.date(of: at).adding(days: random.pick([7, 10, 14, 14, 21]))
        rows.append(
            (
                .plans,
                [
                    ref, text(at), clinician, "first plan", "pacing|stops talking", "music|drawing",
                    "the basketball court", "aunt 860-555-0142", "988|2-1-1|school counselor", "medication locked",
                    "medication: asked, present, locked by caregiver", "yes", "yes", "yes", review.description,
                ]
            )
        )
    }

    private mutating func refer(after response: Instant, _ random: inout SeededRandom) {
        for number in 0..<random.pick([0, 1, 1, 2]) {
            let day = zone.date(of: response).adding(days: Int.random(in: 1...9, using: &random))
            let sent = time(on: day, hours: 9...16, &random)
            guard sent <= limit else { continue }
            touched = max(touched, sent)
            let answered = sent.adding(seconds: Int64(random.pick([1, 1, 2, 3, 6])) * 86_400)
            let appointment = answered.adding(seconds: Int64(random.pick([5, 9, 14, 21])) * 86_400)
            var state = ReferralState.sent
            if answered <= limit {
                state = random.pick([.accepted, .accepted, .accepted, .accepted, .rejected, .waitlisted, .sent])
            }
            let isAttended = state == .accepted && appointment <= limit && random.chance(80)
            if isAttended { state = .connected }
            let hasAppointment = state == .accepted || state == .connected
            rows.append(
                (
                    .referrals,
                    [
                        ref, "\(ref)-R\(number + 1)",
                        random.pick(["outpatient", "outpatient", "care coordination", "intensive outpatient"]),
                        "\(site) Counseling Center", text(sent), state.rawValue,
                        state == .sent ? "" : text(answered), hasAppointment ? text(appointment) : "",
                        isAttended ? text(appointment) : "", random.chance(50) ? "yes" : "no",
                    ]
                )
            )
        }
    }

    private func episode(
        _ call: Instant,
        _ mode: ResponseMode,
        _ arrival: Instant?,
        _ discharge: (day: CivilDate, reason: String)?,
        _ random: inout SeededRandom
    ) -> [String] {
        let transferred = call.adding(seconds: 60 * Int64(Int.random(in: 2...8, using: &random)))
        let dispatched = arrival.map { max(transferred, $0.adding(seconds: -600)) }
        let source =
            random.chance(44) ? "school" : random.pick(["self/family", "self/family", "emergency department", "988"])
        let problem = random.pick([
            "harm or risk of harm to self", "harm or risk of harm to self", "disruptive behavior", "depression",
            "anxiety", "family conflict",
        ])
        return [
            ref, clientRef, person.firstName, person.lastName, person.birthDate.description, person.sex.rawValue,
            random.pick(["Hartford", "New Haven", "Bridgeport", "Stamford", "Waterbury", "Norwalk", "Danbury"]),
            random.chance(80) ? "English" : "Spanish", "Demo \(person.lastName)",
            "860-555-0\(Int.random(in: 100...199, using: &random))", "youth mobile crisis", site, clinician, source,
            problem, mode.rawValue, arrival == nil ? "phone" : random.pick(["home", "home", "school", "community"]),
            text(call), transferred <= limit ? text(transferred) : "", dispatched.map(text) ?? "",
            arrival.map(text) ?? "", random.chance(1) ? "yes" : "no", "no", discharge?.day.description ?? "",
            discharge?.reason ?? "",
        ]
    }

    private func text(_ instant: Instant) -> String {
        zone.rfc3339(instant)
    }

    private func time(on day: CivilDate, hours: ClosedRange<Int>, _ random: inout SeededRandom) -> Instant {
        let minutes = Int.random(in: (hours.lowerBound * 60)...(hours.upperBound * 60 + 59), using: &random)
        return zone.startOfDay(day).adding(seconds: Int64(minutes) * 60)
    }
}
