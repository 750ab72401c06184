import CaseloadOracle
import Testing

/// The clocks of one referral, sent from an open episode whose other clocks are left out of the comparison.
@Suite struct ReferralReadingTests {
    private func open(
        sent: String,
        _ status: String = "sent",
        answered: String = "",
        appointment: String = "",
        attended: String = "",
        asOf: String,
        holidays: Set<String> = []
    ) throws -> Set<String> {
        var tiny = TinyCaseload()
        tiny.episode(call: "2026-07-01T09:00:00-04:00", program: "adult mobile crisis")
        tiny.referral(sent: sent, status, answered: answered, appointment: appointment, attended: attended)
        let marks = try tiny.open(asOf, holidays: holidays)
        return Set(marks.map { $0.replacing("outpatient, Elm Center ", with: "") })
    }

    @Test(arguments: [
        // 2026-07-06 is a Monday; the due day's last second in UTC is 03:59:59 of the next day.
        ("2026-07-06", "2026-07-10"), ("2026-07-07", "2026-07-11"), ("2026-07-08", "2026-07-14"),
        ("2026-07-10", "2026-07-16"), ("2026-07-11", "2026-07-16"), ("2026-07-12", "2026-07-16"),
    ])
    func `an answer is due after three business days`(sent: String, dueBefore: String) throws {
        let marks = try open(sent: "\(sent)T12:00:00-04:00", asOf: "2026-07-13T12:00:00Z")
        #expect(marks == ["referral-answer \(dueBefore)T03:59:59Z"])
    }

    @Test func `a listed holiday is no business day`() throws {
        let marks = try open(
            sent: "2026-09-04T12:00:00-04:00",
            asOf: "2026-09-05T12:00:00Z",
            holidays: ["2026-09-07", "2026-09-12"]
        )
        #expect(marks == ["referral-answer 2026-09-11T03:59:59Z"])
    }

    @Test func `an answer given later than the instant is not known yet`() throws {
        for (asOf, kind) in [("15:59:59", "referral-answer"), ("16:00:00", "first-appointment")] {
            let marks = try open(
                sent: "2026-07-06T12:00:00-04:00",
                "accepted",
                answered: "2026-07-08T12:00:00-04:00",
                appointment: "2026-07-20T15:00:00-04:00",
                asOf: "2026-07-08T\(asOf)Z"
            )
            let due = kind == "referral-answer" ? "2026-07-10" : "2026-07-21"
            #expect(marks == ["\(kind) \(due)T03:59:59Z"])
        }
    }

    @Test func `without a date the first appointment is due fourteen days after acceptance`() throws {
        // Accepted at 21:00 on 8 July in New York, which is the 9th in UTC.
        let marks = try open(
            sent: "2026-07-06T12:00:00-04:00",
            "accepted",
            answered: "2026-07-08T21:00:00-04:00",
            asOf: "2026-07-09T12:00:00Z"
        )
        #expect(marks == ["first-appointment 2026-07-23T03:59:59Z"])
    }

    @Test func `an appointment attended ends the clocks, one missed does not`() throws {
        for (status, attended, left) in [("connected", "2026-07-20T15:00:00-04:00", 0), ("no-show", "", 1)] {
            let marks = try open(
                sent: "2026-07-06T12:00:00-04:00",
                status,
                answered: "2026-07-08T12:00:00-04:00",
                appointment: "2026-07-20T15:00:00-04:00",
                attended: attended,
                asOf: "2026-07-20T19:00:00Z"
            )
            #expect(marks.count == left)
        }
        let before = try open(
            sent: "2026-07-06T12:00:00-04:00",
            "connected",
            answered: "2026-07-08T12:00:00-04:00",
            appointment: "2026-07-20T15:00:00-04:00",
            attended: "2026-07-20T15:00:00-04:00",
            asOf: "2026-07-20T18:59:59Z"
        )
        #expect(before == ["first-appointment 2026-07-21T03:59:59Z"])
    }

    @Test func `a waitlisted referral is asked after again in fourteen days`() throws {
        let marks = try open(
            sent: "2026-10-20T12:00:00-04:00",
            "waitlisted",
            answered: "2026-10-25T12:00:00-04:00",
            asOf: "2026-10-26T12:00:00Z"
        )
        // 25 October + 14 = 8 November, after the clocks have changed.
        #expect(marks == ["referral-answer 2026-11-09T04:59:59Z"])
    }

    @Test(arguments: ["rejected", "declined by family", "closed without connection"])
    func `a refusal ends the referral's clocks`(status: String) throws {
        let marks = try open(
            sent: "2026-07-06T12:00:00-04:00",
            status,
            answered: "2026-07-08T12:00:00-04:00",
            asOf: "2026-07-08T16:00:00Z"
        )
        #expect(marks == [])
    }
}
