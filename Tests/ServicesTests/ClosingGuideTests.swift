import CivilTime
import CrisisCare
import Services
import Storage
import Testing

/// A refused closing names the command for each thing that is missing; "unable to reach" is offered, never taken.
struct ClosingGuideTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    private func refusal(_ number: String, reason: String) throws -> RuleViolation {
        let discharge = Discharge(at: desk.agency.now, on: desk.agency.zone.date(of: desk.agency.now))
        return try #require(throws: RuleViolation.self) {
            _ = try desk.agency.open(as: "casey").closeEpisode(number, discharge, reason: reason)
        }
    }

    @Test func `all that is missing is named at once, each with its command`() throws {
        let number = try desk.open("One")
        let referrals: [[ReferralState]] = [
            [.identified, .offered, .sent], [.identified], [.identified, .offered, .sent, .rejected],
        ]
        for states in referrals {
            let steps = try desk.steps(states, from: "2026-11-12T10:00")
            try desk.act {
                _ = try $0.addReferral(number, service: "outpatient", agency: "A", warmHandoff: nil, steps: steps)
            }
        }
        let refusal = try refusal(number, reason: "unable to reach")
        #expect(refusal.rule == .planMissing)
        #expect(refusal.message.contains("the outcomes of 2 referrals") && refusal.message.contains("3 attempts"))
        let lines = refusal.remedy.split(separator: "\n").dropFirst().map { $0.drop { $0 == " " } }
        #expect(
            lines == [
                "the plan: followup plan draft \(number), then followup plan activate \(number)",
                "or the family wants none: followup plan decline \(number) --by caregiver --reason WHY",
                "referral 1 is sent: followup referral answer \(number) 1 --result accepted|rejected|waitlisted",
                "referral 2 is identified: followup referral offer \(number) 2",
                "or hand what is open over: followup episode close \(number) --reason \"unable to reach\" --hand-over WHY",
                "one more attempt: followup visit log \(number) --mode phone --with caregiver --result \"no answer\"",
                "a supervisor can overrule: followup episode close \(number) --reason \"unable to reach\" --override WHY",
            ]
        )
    }

    @Test func `what is there is not asked for`() throws {
        let number = try desk.open("One")
        let at = try desk.instant("2026-11-12T10:00")
        try desk.act { _ = try $0.activatePlan(number, desk.plan(), reason: "first plan", at: at) }
        let remedy = try refusal(number, reason: "unable to reach").remedy
        #expect(
            !remedy.contains("plan draft") && !remedy.contains("--hand-over") && remedy.contains("one more attempt")
        )
    }

    @Test(arguments: [(1, false), (2, false), (3, true), (4, true)])
    func `"unable to reach" is offered with the policy's number of attempts`(attempts: Int, isOffered: Bool) throws {
        let number = try desk.open("One")
        var last: CaseChange?
        for hour in 0..<attempts {
            let visit = try desk.visit("2026-11-12T1\(hour):00", .noAnswer)
            last = try desk.act { try $0.logVisit(number, visit) }
        }
        let offers = try #require(last).offers
        #expect(offers.isEmpty != isOffered)
        let close = "followup episode close \(number) --reason \"unable to reach\""
        #expect(offers.allSatisfy { $0.contains(close + " (still missing: an active Crisis Safety Plan") })
        #expect(try desk.record(number).discharge == nil, "silence closes nothing")
        let contact = try desk.visit("2026-11-13T10:00")
        #expect(try desk.act { try $0.logVisit(number, contact) }.offers == [])
        let attempt = try desk.visit("2026-11-14T10:00", .noAnswer)
        #expect(try desk.act { try $0.logVisit(number, attempt) }.offers == [], "a contact starts the count anew")
    }
}
