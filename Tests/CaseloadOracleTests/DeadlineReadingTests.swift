import CaseloadOracle
import Testing

/// Each due instant was worked out by hand from the practice's table of clocks, and is written in UTC.
@Suite struct DeadlineReadingTests {
    @Test(arguments: [("T13:44:59Z", 0), ("T13:45:00Z", 0), ("T13:45:01Z", 1)])
    func `an arrival is overdue only after forty-five minutes`(asOf: String, overdue: Int) throws {
        var tiny = TinyCaseload()
        tiny.episode(call: "2026-07-06T09:00:00-04:00")
        #expect(try tiny.open("2026-07-06" + asOf) == ["arrival 2026-07-06T13:45:00Z"])
        #expect(try tiny.overdueKinds("2026-07-06" + asOf).count == overdue)
    }

    @Test func `a deferred response is due forty-eight hours after the call, across a clock change too`() throws {
        var tiny = TinyCaseload()
        tiny.episode(mode: "deferred mobile", call: "2026-03-07T10:00:00-05:00")
        #expect(try tiny.open("2026-03-07T16:00:00Z") == ["deferred-response 2026-03-09T15:00:00Z"])
    }

    @Test func `an arrival starts first contact, safety plan and close`() throws {
        var tiny = TinyCaseload()
        tiny.episode(call: "2026-02-20T09:20:00-05:00", arrived: "2026-02-20T10:00:00-05:00")
        // 20 February + 42 days = 3 April, which is daylight-saving time: midnight is four hours behind UTC, not five.
        #expect(
            try tiny.open("2026-02-20T15:00:00Z") == [
                "first-contact 2026-02-22T15:00:00Z", "safety-plan 2026-02-28T04:59:59Z", "close 2026-04-04T03:59:59Z",
            ]
        )
        // A second before, the arrival has not happened.
        #expect(try tiny.open("2026-02-20T14:59:59Z") == ["arrival 2026-02-20T15:05:00Z"])
    }

    @Test func `the window ends on its last day in the zone of that day after the autumn change`() throws {
        var tiny = TinyCaseload()
        tiny.episode(call: "2026-10-10T22:30:00-04:00", arrived: "2026-10-10T23:10:00-04:00")
        tiny.visit(at: "2026-11-20T10:00:00-05:00")
        tiny.plan(at: "2026-10-11T10:00:00-04:00", review: "2026-11-22")
        // 10 October + 42 days = 21 November. The next contact (27 November) and the review lie beyond it.
        #expect(try tiny.open("2026-11-21T12:00:00Z") == ["close 2026-11-22T04:59:59Z"])
        #expect(try tiny.overdueKinds("2026-11-22T04:59:59Z") == [])
        #expect(try tiny.overdueKinds("2026-11-22T05:00:00Z") == ["close"])
    }

    @Test func `a phone-only episode has to be closed by the end of the next day, and nothing else runs`() throws {
        var tiny = TinyCaseload()
        tiny.episode(mode: "non-mobile (phone)", call: "2026-07-06T23:50:00-04:00")
        tiny.plan(at: "2026-07-07T10:00:00-04:00", review: "2026-07-09")
        #expect(try tiny.open("2026-07-07T16:00:00Z") == ["close 2026-07-08T03:59:59Z"])
        #expect(try tiny.summary("2026-07-07T16:00:00Z")["window_ends_on"] == "2026-08-17")
    }

    @Test func `attempts and visits with a school leave first contact open`() throws {
        var tiny = TinyCaseload()
        tiny.episode(call: "2026-07-06T09:00:00-04:00", arrived: "2026-07-06T09:40:00-04:00")
        tiny.visit(at: "2026-07-07T09:00:00-04:00", "no answer", with: "caregiver")
        tiny.visit(at: "2026-07-07T10:00:00-04:00", "completed", with: "school")
        tiny.visit(at: "2026-07-07T11:00:00-04:00", "no-show", with: "other provider")
        tiny.visit(at: "2026-07-07T12:00:00-04:00", "unable to locate", with: "both")
        let asOf = try epoch("2026-07-08T13:40:01Z")
        let row = try #require(try tiny.read().overdue(asOf: asOf).first)
        #expect(row.kind == "first-contact" && row.attempts == 2 && row.lastContactAt == nil)
        #expect(row.daysOverdue == 0 && row.client == "Rivera, Ava" && row.windowEndsOn == "2026-08-17")
        #expect(row.phone == "860-555-0142" && row.clinician == "hartford-1" && row.site == "Hartford")
    }

    @Test func `a contact starts the next one and sets the count of attempts back`() throws {
        var tiny = TinyCaseload()
        tiny.episode(call: "2026-07-06T09:00:00-04:00", arrived: "2026-07-06T09:40:00-04:00")
        tiny.visit(at: "2026-07-06T09:39:59-04:00", "no answer")
        tiny.visit(at: "2026-07-06T12:00:00-04:00", "no answer")
        tiny.visit(at: "2026-07-10T20:30:00-04:00")
        tiny.visit(at: "2026-07-11T09:00:00-04:00", "no answer")
        func attempts(_ asOf: String) throws -> [Int] {
            try Set(tiny.read().open(asOf: epoch(asOf)).map(\.attempts)).sorted()
        }
        #expect(try attempts("2026-07-06T13:39:59Z") == [1])
        #expect(try attempts("2026-07-10T12:00:00Z") == [1])
        #expect(try attempts("2026-07-11T00:30:00Z") == [0])
        #expect(try attempts("2026-07-11T13:00:00Z") == [1])
        // 20:30 on 10 July in New York is the 11th in UTC: the seven days count from the 10th.
        #expect(try tiny.open("2026-07-12T00:00:00Z").contains("next-contact 2026-07-18T03:59:59Z"))
        #expect(try tiny.summary("2026-07-12T00:00:00Z")["attempts"] == "3")
    }

    @Test func `a completed visit before the arrival is no contact, at the arrival it is`() throws {
        for (second, kind) in [("59", "first-contact"), ("00", "next-contact")] {
            var tiny = TinyCaseload()
            tiny.episode(call: "2026-07-06T09:00:00-04:00", arrived: "2026-07-06T09:40:00-04:00")
            tiny.visit(at: "2026-07-06T09:\(second == "59" ? "39" : "40"):\(second)-04:00")
            let kinds = try tiny.read().open(asOf: epoch("2026-07-06T20:00:00Z")).map(\.kind)
            #expect(kinds.contains(kind) && kinds.count == 3)
        }
    }

    @Test func `a plan before the arrival meets the safety plan, and its review is due`() throws {
        var tiny = TinyCaseload()
        tiny.episode(mode: "deferred mobile", call: "2026-07-06T09:00:00-04:00", arrived: "2026-07-07T09:00:00-04:00")
        tiny.plan(at: "2026-07-06T21:00:00-04:00")
        #expect(
            try tiny.open("2026-07-07T12:00:00Z") == [
                "deferred-response 2026-07-08T13:00:00Z", "plan-review version 1 2026-07-21T03:59:59Z",
            ]
        )
        #expect(
            try tiny.open("2026-07-07T13:00:00Z") == [
                "first-contact 2026-07-09T13:00:00Z", "plan-review version 1 2026-07-21T03:59:59Z",
                "close 2026-08-19T03:59:59Z",
            ]
        )
        #expect(try tiny.summary("2026-07-07T13:00:00Z")["days_to_plan"] == "-1")
    }

    @Test func `a newer version meets the review of the older one`() throws {
        var tiny = TinyCaseload()
        tiny.episode(call: "2026-07-06T09:00:00-04:00", arrived: "2026-07-06T09:40:00-04:00")
        tiny.plan(at: "2026-07-20T10:00:00-04:00", review: "2026-08-03")
        tiny.plan(at: "2026-07-06T11:00:00-04:00", review: "2026-07-16")
        #expect(try tiny.overdueKinds("2026-07-17T04:00:00Z") == ["first-contact", "plan-review"])
        #expect(try tiny.open("2026-07-20T14:00:00Z").contains("plan-review version 2 2026-08-04T03:59:59Z"))
    }

    @Test(arguments: [("2026-08-10", "2026-08-17", true), ("2026-08-11", "2026-08-18", false)])
    func `a next contact and a review run on the window's last day and not after it`(
        contact: String,
        review: String,
        exists: Bool
    ) throws {
        var tiny = TinyCaseload()
        tiny.episode(call: "2026-07-06T09:00:00-04:00", arrived: "2026-07-06T09:40:00-04:00")
        tiny.visit(at: "\(contact)T09:00:00-04:00")
        tiny.plan(at: "\(contact)T11:00:00-04:00", review: review)
        // 6 July + 42 days = 17 August.
        let kinds = try tiny.read().open(asOf: epoch("2026-08-12T12:00:00Z")).map(\.kind)
        #expect(kinds == (exists ? ["close", "next-contact", "plan-review"] : ["close"]))
    }

    @Test func `an extension counts from the moment it is granted`() throws {
        var tiny = TinyCaseload()
        tiny.episode(call: "2026-07-06T09:00:00-04:00", arrived: "2026-07-06T09:40:00-04:00")
        tiny.plan(at: "2026-07-06T11:00:00-04:00", review: "2026-08-20")
        tiny.visit(at: "2026-08-11T09:00:00-04:00")
        tiny.extended(granted: "2026-08-16T10:00:00-04:00", to: "2026-08-24")
        #expect(try tiny.open("2026-08-16T13:59:59Z") == ["close 2026-08-18T03:59:59Z"])
        #expect(
            try tiny.open("2026-08-16T14:00:00Z") == [
                "close 2026-08-25T03:59:59Z", "plan-review version 1 2026-08-21T03:59:59Z",
                "next-contact 2026-08-19T03:59:59Z",
            ]
        )
    }

    @Test func `a discharge takes effect at the next local midnight and cancels everything`() throws {
        var tiny = TinyCaseload()
        tiny.episode(
            call: "2026-07-06T09:00:00-04:00",
            arrived: "2026-07-06T09:40:00-04:00",
            dischargedOn: "2026-07-10"
        )
        tiny.referral(sent: "2026-07-06T12:00:00-04:00")
        #expect(try tiny.overdueKinds("2026-07-11T03:59:59Z") == ["first-contact", "referral-answer"])
        #expect(try tiny.open("2026-07-11T04:00:00Z") == [])
    }

    @Test func `an adult has the referral clocks and no window`() throws {
        var tiny = TinyCaseload()
        tiny.episode(call: "2026-07-06T09:00:00-04:00", program: "adult mobile crisis")
        tiny.referral(sent: "2026-07-06T12:00:00-04:00")
        #expect(
            try tiny.open("2026-07-06T20:00:00Z") == ["referral-answer outpatient, Elm Center 2026-07-10T03:59:59Z"]
        )
        let row = try tiny.summary("2026-07-06T20:00:00Z")
        #expect(row["window_ends_on"] == "" && row["arrival_met"] == "")
    }

    @Test func `the list is sorted by due instant, case, kind and about, and hides a minor's phone`() throws {
        var tiny = TinyCaseload()
        tiny.episode("B", call: "2026-07-06T09:00:00-04:00", minorConsented: "yes")
        tiny.episode("A", call: "2026-07-06T09:00:00-04:00")
        tiny.episode("C", call: "2026-07-06T08:00:00-04:00")
        let rows = try tiny.read().overdue(asOf: epoch("2026-07-08T04:00:00Z"))
        #expect(rows.map(\.caseRef) == ["C", "A", "B"])
        #expect(rows.map(\.phone) == ["860-555-0142", "860-555-0142", ""])
        // Due on the 6th; midnight has just begun the 8th.
        #expect(rows.map(\.daysOverdue) == [2, 2, 2])
    }

    @Test func `a call after the instant does not exist`() throws {
        var tiny = TinyCaseload()
        tiny.episode(call: "2026-07-06T09:00:00-04:00")
        #expect(try tiny.read().summary(asOf: epoch("2026-07-06T12:59:59Z")).isEmpty)
        #expect(try tiny.read().summary(asOf: epoch("2026-07-06T13:00:00Z")).count == 1)
    }
}
