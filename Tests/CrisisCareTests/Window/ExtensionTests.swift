import CivilTime
import Testing

@testable import CrisisCare

/// Extensions: supervised, at most 14 days in all, in force from the moment they are granted.
@Suite struct ExtensionTests {
    private let regularEnd = day("2026-07-13")
    private let granted = at("2026-07-14 09:00")

    private func extended(_ instant: Instant, to end: CivilDate) -> EpisodeHistory {
        var history = Case.mobile()
        history.addExtension(instant, to: end)
        return history
    }

    @Test func `a visit on day 43 before the grant is refused, after it accepted`() {
        let history = extended(granted, to: day("2026-07-20"))
        #expect(history.refusal(ofVisitAt: granted - 1) == .windowClosed)
        #expect(history.refusal(ofVisitAt: granted) == nil)
        #expect(history.refusal(ofVisitAt: at("2026-07-20 23:59:59")) == nil)
        #expect(history.refusal(ofVisitAt: at("2026-07-21 00:00:00")) == .windowClosed)
        #expect(history.refusal(ofVisitAt: at("2026-07-13 23:59:59")) == nil)
    }

    @Test func `the window as it stood before the grant is the regular one`() throws {
        let history = extended(granted, to: day("2026-07-20"))
        #expect(history.window(at: granted - 1, under: youth)?.lastDay == regularEnd)
        #expect(history.window(at: granted, under: youth)?.lastDay == day("2026-07-20"))
        let window = try #require(history.window(under: youth))
        #expect(window.regularEnd == regularEnd)
        #expect(window.isExtended)
    }

    @Test(arguments: [
        (-1, Rule.extensionTooLong), (0, .extensionTooLong), (1, nil), (14, nil), (15, .extensionTooLong),
    ])
    func `an extension lengthens by 1 to 14 days`(days: Int, rule: Rule?) {
        #expect(Case.mobile().refusal(ofExtensionAt: at("2026-07-10 09:00"), to: regularEnd.adding(days: days)) == rule)
        #expect(Case.mobile().refusal(ofExtensionAt: granted, to: regularEnd.adding(days: days)) == rule)
    }

    @Test func `several extensions may add 14 days together, not 15`() {
        var history = extended(at("2026-07-10 09:00"), to: regularEnd.adding(days: 5))
        history.addExtension(at("2026-07-17 09:00"), to: regularEnd.adding(days: 13))
        let third = at("2026-07-20 09:00")
        #expect(history.refusal(ofExtensionAt: third, to: regularEnd.adding(days: 13)) == .extensionTooLong)
        #expect(history.refusal(ofExtensionAt: third, to: regularEnd.adding(days: 14)) == nil)
        #expect(history.refusal(ofExtensionAt: third, to: regularEnd.adding(days: 15)) == .extensionTooLong)
    }

    @Test func `the limit is the policy's`() {
        let practice = youth.with { $0.extensionDays = 3 }
        #expect(Case.mobile().refusal(ofExtensionAt: granted, to: regularEnd.adding(days: 3), under: practice) == nil)
        #expect(
            Case.mobile().refusal(ofExtensionAt: granted, to: regularEnd.adding(days: 4), under: practice)
                == .extensionTooLong
        )
        let none = youth.with { $0.extensionDays = 0 }
        #expect(
            Case.mobile().refusal(ofExtensionAt: granted, to: regularEnd.adding(days: 1), under: none)
                == .extensionTooLong
        )
    }

    @Test func `extensions keep the order in which they were granted, whatever the order of entry`() throws {
        var history = Case.mobile()
        try history.grantBySupervisor(at("2026-07-12 09:00"), to: day("2026-07-20"))
        try history.grantBySupervisor(at("2026-07-10 09:00"), to: day("2026-07-15"))
        try history.grantBySupervisor(at("2026-07-11 09:00"), to: day("2026-07-18"))
        #expect(history.extensions.map(\.newEnd) == [day("2026-07-15"), day("2026-07-18"), day("2026-07-20")])
        #expect(history.window(under: youth)?.lastDay == day("2026-07-20"))
        #expect(history.window(at: at("2026-07-11 12:00"), under: youth)?.lastDay == day("2026-07-18"))
    }

    @Test func `an extension entered late that was granted early and lasts longer is not undone by a shorter one`()
        throws
    {
        var history = Case.mobile()
        try history.grantBySupervisor(at("2026-07-12 09:00"), to: day("2026-07-16"))
        try history.grantBySupervisor(at("2026-07-10 09:00"), to: day("2026-07-20"))
        #expect(history.window(under: youth)?.lastDay == day("2026-07-20"))
        #expect(try history.only(.close).dueAt == at("2026-07-20 23:59:59"))
    }

    private func refusal(requestedBy: Int64?, approvedBy: Int64?, isSupervisor: Bool) -> Rule? {
        let approval = ExtensionApproval(
            requestedBy: requestedBy.map { StaffID($0) },
            approvedBy: approvedBy.map { StaffID($0) },
            approverIsSupervisor: isSupervisor
        )
        let longer = WindowExtension(id: RecordID(1), grantedAt: granted, newEnd: day("2026-07-20"))
        return Case.mobile().refusal { (history) throws(RuleViolation) in
            try history.grant(longer, approval: approval, now: muchLater, under: youth)
        }
    }

    @Test func `an extension needs a supervisor who did not ask for it`() {
        #expect(refusal(requestedBy: 1, approvedBy: 2, isSupervisor: true) == nil)
        #expect(refusal(requestedBy: nil, approvedBy: 2, isSupervisor: true) == nil)
        #expect(refusal(requestedBy: 1, approvedBy: 2, isSupervisor: false) == .extensionNeedsSupervisor)
        #expect(refusal(requestedBy: 1, approvedBy: nil, isSupervisor: true) == .extensionNeedsSupervisor)
        #expect(refusal(requestedBy: nil, approvedBy: nil, isSupervisor: true) == .extensionNeedsSupervisor)
        #expect(refusal(requestedBy: 2, approvedBy: 2, isSupervisor: true) == .extensionSelfApproved)
        #expect(refusal(requestedBy: 2, approvedBy: 2, isSupervisor: false) == .extensionNeedsSupervisor)
    }

    @Test func `an extension is granted while a window runs or has run, not before it`() {
        let end = regularEnd.adding(days: 7)
        #expect(Case.mobile().refusal(ofExtensionAt: Case.arrival, to: end) == nil)
        #expect(Case.mobile().refusal(ofExtensionAt: Case.arrival - 1, to: end) == .beforeArrival)
        #expect(Case.mobile(arrived: nil).refusal(ofExtensionAt: granted, to: end) == .beforeArrival)
        #expect(Case.mobile().refusal(ofExtensionAt: Case.call - 1, to: end) == .beforeEpisode)
        #expect(Case.mobile().refusal(ofExtensionAt: granted, to: end, now: granted - 1) == .inTheFuture)
        #expect(Case.mobile().refusal(ofExtensionAt: granted, to: end, now: granted) == nil)
    }

    @Test func `a discharged episode is not extended`() {
        var history = Case.mobile()
        history.discharge = Discharge(at: granted, on: day("2026-07-14"))
        #expect(history.refusal(ofExtensionAt: granted - 1, to: day("2026-07-20")) == nil)
        #expect(history.refusal(ofExtensionAt: granted, to: day("2026-07-20")) == .episodeClosed)
    }

    @Test func `a program without a window has nothing to extend`() {
        #expect(Case.mobile().refusal(ofExtensionAt: granted, to: day("2026-07-20"), under: adult) == .noWindow)
    }
}
