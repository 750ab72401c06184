import CivilTime
import CrisisCare

/// Hand-made caseloads that the generator would not make: adults, arrivals that never came, visits before the arrival
/// and in one second, every state of a referral, minor-consented care. Some rows break rules.
struct RandomFiles {
    private var generator: SeededGenerator
    private let zone: Zone
    private(set) var files = CaseloadFiles()

    /// Calls lie in the nine weeks before the day of `now`, over the autumn's change of clocks.
    init(cases: Int, seed: UInt64, zone: Zone, now: Instant) {
        generator = SeededGenerator(seed: seed)
        self.zone = zone
        for index in 0..<cases { add("R\(seed)-\(index)", before: now) }
    }

    private mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &generator) < percent
    }

    private mutating func instant(after start: Instant, days: ClosedRange<Int>) -> Instant {
        let day = zone.date(of: start).adding(days: Int.random(in: days, using: &generator))
        // Midnights, last seconds and full hours more often than chance would have them.
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return max(start, zone.startOfDay(day))
        case 1: return max(start, zone.endOfDay(day))
        case 2: return start
        default:
            return max(start, zone.startOfDay(day).adding(seconds: Int64.random(in: 0..<24, using: &generator) * 3600))
        }
    }

    private mutating func add(_ ref: String, before now: Instant) {
        let first = zone.startOfDay(zone.date(of: now).adding(days: -63))
        let call = instant(after: first, days: 0...60)
        let mode = generator.one(of: ResponseMode.allCases + [.mobile, .mobile])
        let arrival: Instant? =
            mode == .phone || chance(15)
            ? nil : call.adding(seconds: generator.one(of: [0, 1200, 2700, 2701, 7200, 180_000]))
        var cells = [
            "call_received_at": zone.rfc3339(call), "transferred_at": "", "dispatched_at": "",
            "arrived_at": arrival.map(zone.rfc3339) ?? "", "response_mode": mode.rawValue,
            "program": chance(20) ? "adult mobile crisis" : "youth mobile crisis",
            "minor_consented": chance(25) ? "yes" : "no", "client_ref": "C\(Int.random(in: 0..<9, using: &generator))",
            "site": generator.one(of: ["Hartford", "Danbury"]), "caregiver_phone": chance(50) ? "" : "+1 860",
        ]
        // One client_ref, one person.
        cells["last_name"] = "Child \(cells["client_ref"] ?? "")"
        if chance(30) {
            let end = instant(after: arrival ?? call, days: 0...50)
            cells["discharged_on"] = zone.date(of: end).description
            cells["discharge_reason"] = "met treatment goals"
        }
        files.episode(ref, cells)
        let response = arrival ?? call
        for _ in 0..<Int.random(in: 0...6, using: &generator) { addVisit(ref, call, response) }
        for _ in 0..<Int.random(in: 0...2, using: &generator) { addPlan(ref, response) }
        for number in 0..<Int.random(in: 0...3, using: &generator) { addReferral(ref, number, response) }
        if chance(25) {
            let granted = instant(after: response, days: 0...44)
            let end = zone.date(of: response).adding(days: 42 + Int.random(in: -2...16, using: &generator))
            files.windowExtension(ref, ["granted_at": zone.rfc3339(granted), "new_end": end.description])
        }
    }

    private mutating func addVisit(_ ref: String, _ call: Instant, _ response: Instant) {
        let result = generator.one(of: ContactResult.allCases + [.completed, .completed])
        let at = chance(20) ? instant(after: call, days: 0...2) : instant(after: response, days: 0...44)
        files.visit(
            ref,
            [
                "at": zone.rfc3339(at), "result": result.rawValue,
                "with": generator.one(of: ContactWith.allCases).rawValue,
                "mode": generator.one(of: ContactMode.allCases).rawValue,
                "minutes": result == .completed ? "30" : "",
            ]
        )
    }

    private mutating func addPlan(_ ref: String, _ response: Instant) {
        let at = instant(after: response, days: 0...20)
        let review = zone.date(of: response).adding(days: Int.random(in: -1...44, using: &generator))
        files.plan(ref, ["activated_at": zone.rfc3339(at), "review_on": review.description])
    }

    private mutating func addReferral(_ ref: String, _ number: Int, _ response: Instant) {
        let sent = instant(after: response, days: 0...12)
        let answered = instant(after: sent, days: 0...12)
        let planned = instant(after: answered, days: 0...20)
        let states: [ReferralState] = [
            .sent, .accepted, .accepted, .rejected, .waitlisted, .scheduled, .attended, .noShow, .cancelled, .connected,
            .declinedByFamily, .closedWithoutConnection,
        ]
        let state = generator.one(of: states)
        var cells = ["sent_at": zone.rfc3339(sent), "status": state.rawValue, "agency": "Agency \(number)"]
        if state != .sent { cells["answered_at"] = zone.rfc3339(answered) }
        switch state {
        case .scheduled, .noShow, .cancelled: cells["appointment_at"] = zone.rfc3339(planned)
        case .accepted: if chance(50) { cells["appointment_at"] = zone.rfc3339(planned) }
        case .attended, .connected:
            cells["attended_at"] = zone.rfc3339(planned)
            if chance(50) { cells["appointment_at"] = zone.rfc3339(planned) }
        default: break
        }
        files.referral(ref, number, cells)
    }
}
