import CivilTime
import Testing

@testable import CrisisCare

/// The follow-up window: 42 civil days after the day of the response, inclusive, a hard stop.
@Suite struct WindowTests {
    private func window(arrived: String) throws -> FollowUpWindow {
        try #require(Case.mobile(call: at(arrived), arrived: at(arrived)).window(under: youth))
    }

    @Test func `the window runs from the day of the response to day 42`() throws {
        let window = try window(arrived: "2026-06-01 10:30")
        #expect(window.firstDay == day("2026-06-01"))
        #expect(window.regularEnd == day("2026-07-13"))
        #expect(window.lastDay == day("2026-07-13"))
        #expect(!window.isExtended)
    }

    @Test(arguments: [
        ("2026-07-12 23:59:59", nil), ("2026-07-13 00:00:00", nil), ("2026-07-13 23:59:59", nil),
        ("2026-07-14 00:00:00", Rule.windowClosed), ("2026-07-14 12:00:00", .windowClosed),
        ("2027-07-14 12:00:00", .windowClosed),
    ])
    func `a visit on day 41 or 42 is accepted, on day 43 refused`(visit: String, rule: Rule?) {
        #expect(Case.mobile().refusal(ofVisitAt: at(visit)) == rule)
    }

    @Test(arguments: [ContactResult.noAnswer, .noShow, .completed], ContactWith.allCases)
    func `after the window nothing is recorded, neither attempt nor work with a school`(
        result: ContactResult,
        with: ContactWith
    ) {
        #expect(Case.mobile().refusal(ofVisitAt: at("2026-07-13 23:59:59"), result, with: with) == nil)
        #expect(Case.mobile().refusal(ofVisitAt: at("2026-07-14 00:00:00"), result, with: with) == .windowClosed)
    }

    @Test(arguments: [
        // Daylight-saving time begins on 2026-03-08 and ends on 2026-11-01.
        ("2026-02-10 12:00", "2026-03-24"), ("2026-10-01 12:00", "2026-11-12"), ("2026-01-25 00:00", "2026-03-08"),
        ("2026-01-24 23:59:59", "2026-03-07"), ("2026-09-20 12:00", "2026-11-01"), ("2026-09-19 12:00", "2026-10-31"),
        ("2025-02-10 12:00", "2025-03-24"), ("2028-02-01 12:00", "2028-03-14"),
    ])
    func `six weeks are 42 civil days, whatever the clocks and the leap year do`(arrived: String, lastDay: String)
        throws
    {
        let window = try window(arrived: arrived)
        #expect(window.lastDay == day(lastDay))
        let history = Case.mobile(call: at(arrived), arrived: at(arrived))
        let midnight = newYork.startOfDay(day(lastDay).adding(days: 1))
        #expect(history.refusal(ofVisitAt: midnight - 1) == nil)
        #expect(history.refusal(ofVisitAt: midnight) == .windowClosed)
        #expect(try history.only(.close).dueAt == midnight - 1)
    }

    @Test func `both clock changes lie inside the windows tested`() throws {
        for (first, last, hours) in [("2026-02-10", "2026-03-24", 1_007), ("2026-10-01", "2026-11-12", 1_009)] {
            let seconds = newYork.startOfDay(day(last)).seconds(since: newYork.startOfDay(day(first)))
            #expect(seconds == Int64(hours) * 3_600)
        }
    }

    @Test func `a response at 23:59:59 and one at midnight are a day apart`() throws {
        #expect(try window(arrived: "2026-06-01 23:59:59").firstDay == day("2026-06-01"))
        #expect(try window(arrived: "2026-06-01 23:59:59").lastDay == day("2026-07-13"))
        #expect(try window(arrived: "2026-06-02 00:00:00").firstDay == day("2026-06-02"))
        #expect(try window(arrived: "2026-06-02 00:00:00").lastDay == day("2026-07-14"))
    }

    @Test func `the local day counts, not the day in UTC`() throws {
        // 20:30 EDT is 00:30 of the next day in UTC.
        #expect(try window(arrived: "2026-06-01 20:30").firstDay == day("2026-06-01"))
        #expect(Case.mobile().refusal(ofVisitAt: at("2026-07-13T20:30:00-04:00")) == nil)
        #expect(Case.mobile().refusal(ofVisitAt: at("2026-07-14T03:59:59Z")) == nil)
        #expect(Case.mobile().refusal(ofVisitAt: at("2026-07-14T04:00:00Z")) == .windowClosed)
    }

    @Test func `a deferred episode's window starts with its arrival, a phone-only one's with the call`() throws {
        let deferred = Case.deferred(arrived: at("2026-06-03 09:00"))
        #expect(try #require(deferred.window(under: youth)).firstDay == day("2026-06-03"))
        #expect(try #require(Case.phone().window(under: youth)).firstDay == day("2026-06-01"))
        #expect(Case.phone().refusal(ofVisitAt: at("2026-07-13 23:59:59")) == nil)
        #expect(Case.phone().refusal(ofVisitAt: at("2026-07-14 00:00:00")) == .windowClosed)
    }

    @Test func `before the response there is no window, and no visit is too late`() {
        #expect(Case.mobile(arrived: nil).window(under: youth) == nil)
        #expect(Case.deferred().window(under: youth) == nil)
        #expect(Case.mobile(arrived: nil).refusal(ofVisitAt: at("2026-12-01 10:00")) == nil)
    }

    @Test func `the length is the policy's`() throws {
        let practice = youth.with { $0.windowDays = 30 }
        #expect(try #require(Case.mobile().window(under: practice)).lastDay == day("2026-07-01"))
        #expect(Case.mobile().refusal(ofVisitAt: at("2026-07-01 23:59:59"), under: practice) == nil)
        #expect(Case.mobile().refusal(ofVisitAt: at("2026-07-02 00:00:00"), under: practice) == .windowClosed)
    }
}
