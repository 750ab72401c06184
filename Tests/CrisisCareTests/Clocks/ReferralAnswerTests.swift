import CivilTime
import Testing

@testable import CrisisCare

/// `referral-answer`: three business days from sending; 14 days from a place on the waiting list.
@Suite struct ReferralAnswerTests {
    private func sent(_ instant: String, then answer: ReferralState? = nil, _ answered: String = "") -> EpisodeHistory {
        var history = Case.mobile()
        history.addReferral((.identified, Case.arrival), (.offered, Case.arrival), (.sent, at(instant)))
        if let answer { history.addStep(answer, at(answered)) }
        return history
    }

    @Test func `before it is sent a referral has no clock`() {
        var history = Case.mobile()
        history.addReferral((.identified, Case.arrival), (.offered, Case.arrival))
        #expect(history.deadlines(.referralAnswer) == [])
    }

    @Test func `the deadline is about its referral and starts with the sending`() throws {
        let history = sent("2026-06-02 10:00")
        let deadline = try history.only(.referralAnswer)
        #expect(deadline.about == .referral(history.referrals[0].id))
        #expect(deadline.startedBy == history.referrals[0].events[2].id.value)
        #expect(deadline.startedAt == at("2026-06-02 10:00"))
        #expect(deadline.outcome == .open)
    }

    @Test(arguments: [
        ("2026-06-01 11:00", "2026-06-04"), ("2026-06-02 10:00", "2026-06-05"), ("2026-06-03 10:00", "2026-06-08"),
        ("2026-06-04 10:00", "2026-06-09"), ("2026-06-05 23:59", "2026-06-10"), ("2026-06-06 00:00", "2026-06-10"),
        ("2026-06-07 10:00", "2026-06-10"), ("2026-06-08 10:00", "2026-06-11"),
    ])
    func `three business days skip the weekend`(sentAt: String, due: String) throws {
        #expect(try sent(sentAt).only(.referralAnswer).dueAt == newYork.endOfDay(day(due)))
    }

    @Test func `listed holidays are no business days, and none is built in`() throws {
        // 2026-06-19 is Juneteenth, a Friday; sent on the Wednesday before.
        let history = sent("2026-06-17 10:00")
        #expect(try history.only(.referralAnswer).dueAt == at("2026-06-22 23:59:59"))
        let listed = youth.with(holidays: [day("2026-06-19")])
        #expect(try history.only(.referralAnswer, under: listed).dueAt == at("2026-06-23 23:59:59"))
        let longer = youth.with(holidays: [day("2026-06-18"), day("2026-06-19"), day("2026-06-22")])
        #expect(try history.only(.referralAnswer, under: longer).dueAt == at("2026-06-25 23:59:59"))
    }

    @Test func `a holiday on a weekend or on the day of sending costs nothing`() throws {
        let practice = youth.with(holidays: [day("2026-06-17"), day("2026-06-20")])
        #expect(try sent("2026-06-17 10:00").only(.referralAnswer, under: practice).dueAt == at("2026-06-22 23:59:59"))
    }

    @Test func `it is overdue from the midnight after the third business day`() {
        let history = sent("2026-06-04 10:00")
        #expect(!history.overdue(at: at("2026-06-09 23:59:59")).contains(.referralAnswer))
        #expect(history.overdue(at: at("2026-06-10 00:00:00")).contains(.referralAnswer))
    }

    @Test(arguments: [ReferralState.accepted, .rejected, .waitlisted, .declinedByFamily])
    func `an answer meets it, in time or late`(answer: ReferralState) {
        for answered in ["2026-06-04 23:59:59", "2026-06-05 00:00:00"] {
            let history = sent("2026-06-01 11:00", then: answer, answered)
            #expect(history.deadlines(.referralAnswer).first?.outcome == .met(at(answered)))
        }
    }

    @Test func `closing a referral without connection cancels its clock`() throws {
        let history = sent("2026-06-01 11:00", then: .closedWithoutConnection, "2026-06-02 10:00")
        #expect(try history.only(.referralAnswer).outcome == .cancelled(at("2026-06-02 10:00"), .referralEnded))
    }

    @Test func `a place on the waiting list has a clock of its own, 14 days`() throws {
        let history = sent("2026-06-01 11:00", then: .waitlisted, "2026-06-03 10:00")
        let deadlines = history.deadlines(.referralAnswer)
        #expect(deadlines.count == 2)
        let waiting = try #require(deadlines.last)
        #expect(waiting.startedAt == at("2026-06-03 10:00"))
        #expect(waiting.dueAt == at("2026-06-17 23:59:59"))
        #expect(waiting.outcome == .open)
        #expect(waiting.about == deadlines.first?.about)
        #expect(!history.overdue(at: at("2026-06-17 23:59:59")).contains(.referralAnswer))
        #expect(history.overdue(at: at("2026-06-18 00:00:00")).contains(.referralAnswer))
    }

    @Test(arguments: [ReferralState.accepted, .rejected])
    func `accepted or rejected ends the wait`(answer: ReferralState) {
        var history = sent("2026-06-01 11:00", then: .waitlisted, "2026-06-03 10:00")
        history.addStep(answer, at("2026-06-20 10:00"))
        #expect(
            history.deadlines(.referralAnswer).map(\.outcome)
                == [.met(at("2026-06-03 10:00")), .met(at("2026-06-20 10:00"))]
        )
    }

    @Test func `closed from the waiting list is cancelled, and the first answer stays met`() {
        var history = sent("2026-06-01 11:00", then: .waitlisted, "2026-06-03 10:00")
        history.addStep(.closedWithoutConnection, at("2026-06-20 10:00"))
        #expect(
            history.deadlines(.referralAnswer).map(\.outcome)
                == [.met(at("2026-06-03 10:00")), .cancelled(at("2026-06-20 10:00"), .referralEnded)]
        )
    }

    @Test func `a referral that begins on the waiting list has the list's clock only`() throws {
        var history = Case.mobile()
        history.addReferral((.waitlisted, at("2026-06-03 10:00")))
        #expect(try history.only(.referralAnswer).dueAt == at("2026-06-17 23:59:59"))
    }

    @Test func `each referral has its own answer`() {
        var history = sent("2026-06-01 11:00", then: .accepted, "2026-06-02 10:00")
        history.addReferral((.sent, at("2026-06-01 11:00")))
        let deadlines = history.deadlines(.referralAnswer)
        #expect(Set(deadlines.map(\.about)).count == 2)
        #expect(deadlines.count { $0.outcome == .open } == 1)
    }

    @Test func `as of an instant before the answer the referral is still waiting`() {
        let history = sent("2026-06-01 11:00", then: .accepted, "2026-06-08 10:00")
        #expect(history.overdue(at: at("2026-06-08 09:59:59")).contains(.referralAnswer))
        #expect(!history.overdue(at: at("2026-06-08 10:00:00")).contains(.referralAnswer))
        #expect(!history.open(at: at("2026-06-01 10:59:59")).contains(.referralAnswer))
    }

    @Test func `a program without these clocks has none`() {
        let history = sent("2026-06-01 11:00", then: .waitlisted, "2026-06-03 10:00")
        let practice = youth.with {
            $0.referralAnswerBusinessDays = nil
            $0.waitlistDays = nil
        }
        #expect(history.deadlines(.referralAnswer, under: practice) == [])
    }
}
