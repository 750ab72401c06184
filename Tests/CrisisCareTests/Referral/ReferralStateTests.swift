import CivilTime
import Testing

@testable import CrisisCare

/// The closed loop: every pair of states against a table written from the practice (section 5).
@Suite struct ReferralStateTests {
    /// What may follow each state. The two ends are for any open state; a rejection, an attended appointment and the
    /// two ends themselves are outcomes. A missed appointment is made anew; an appointment may be moved.
    private static let table: [ReferralState: Set<ReferralState>] = [
        .identified: [.offered, .declinedByFamily, .closedWithoutConnection],
        .offered: [.sent, .declinedByFamily, .closedWithoutConnection],
        .sent: [.accepted, .rejected, .waitlisted, .declinedByFamily, .closedWithoutConnection],
        .accepted: [.scheduled, .attended, .declinedByFamily, .closedWithoutConnection],
        .rejected: [],
        .waitlisted: [.accepted, .rejected, .declinedByFamily, .closedWithoutConnection],
        .scheduled: [.scheduled, .attended, .noShow, .cancelled, .declinedByFamily, .closedWithoutConnection],
        .attended: [.connected],
        .noShow: [.scheduled, .declinedByFamily, .closedWithoutConnection],
        .cancelled: [.scheduled, .declinedByFamily, .closedWithoutConnection],
        .connected: [],
        .declinedByFamily: [],
        .closedWithoutConnection: [],
    ]

    private static let open: Set<ReferralState> = [
        .identified, .offered, .sent, .accepted, .waitlisted, .scheduled, .noShow, .cancelled,
    ]

    @Test func `there are thirteen states, under the practice's names`() {
        #expect(
            ReferralState.allCases.map(\.rawValue) == [
                "identified", "offered", "sent", "accepted", "rejected", "waitlisted", "scheduled", "attended",
                "no-show",
                "cancelled", "connected", "declined by family", "closed without connection",
            ]
        )
        #expect(Self.table.count == 13)
    }

    @Test(arguments: ReferralState.allCases, ReferralState.allCases)
    func `a step is taken exactly where the table has it`(from: ReferralState, to: ReferralState) {
        var history = Case.mobile()
        let id = history.addReferral((from, at("2026-06-02 10:00")))
        let step = ReferralEvent(
            id: RecordID(900),
            at: at("2026-06-03 10:00"),
            state: to,
            appointmentAt: at("2026-06-10 10:00")
        )
        let rule = history.refusal { (history) throws(RuleViolation) in
            try history.advance(id, with: step, now: muchLater)
        }
        let isAllowed = Self.table[from]?.contains(to) ?? false
        #expect(rule == (isAllowed ? nil : .stateOrder))
        #expect(from.next.contains(to) == isAllowed)
    }

    @Test(arguments: ReferralState.allCases)
    func `open is what still has something to be done`(state: ReferralState) {
        #expect(state.isOpen == Self.open.contains(state))
    }

    @Test(arguments: ReferralState.allCases)
    func `any open state, and no other, may be declined or closed without connection`(state: ReferralState) {
        #expect(state.next.contains(.declinedByFamily) == Self.open.contains(state))
        #expect(state.next.contains(.closedWithoutConnection) == Self.open.contains(state))
    }

    @Test func `only attendance leads to a connection`() {
        #expect(ReferralState.allCases.filter { $0.next.contains(.connected) } == [.attended])
    }

    @Test(arguments: ReferralState.allCases)
    func `every state is reached from identified`(state: ReferralState) {
        var reached: Set<ReferralState> = [.identified]
        for _ in ReferralState.allCases { reached.formUnion(reached.flatMap { Self.table[$0] ?? [] }) }
        #expect(reached.contains(state))
    }
}
