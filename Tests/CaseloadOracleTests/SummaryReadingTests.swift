import CaseloadOracle
import Testing

@Suite struct SummaryReadingTests {
    @Test func `every column of one whole episode`() throws {
        var tiny = TinyCaseload()
        tiny.episode(
            call: "2026-10-31T23:50:00-04:00",
            arrived: "2026-11-01T00:35:03-04:00",
            dischargedOn: "2026-12-17"
        )
        tiny.visit(at: "2026-11-01T09:00:00-05:00", "no answer")
        tiny.visit(at: "2026-11-02T00:35:03-05:00", with: "both")
        tiny.visit(at: "2026-11-03T12:00:00-05:00", with: "caregiver")
        tiny.plan(at: "2026-11-04T10:00:00-05:00", review: "2026-11-20")
        tiny.extended(granted: "2026-12-10T10:00:00-05:00", to: "2026-12-20")
        tiny.referral(
            sent: "2026-11-05T12:00:00-05:00",
            "connected",
            answered: "2026-11-06T12:00:00-05:00",
            appointment: "2026-11-16T12:00:00-05:00",
            attended: "2026-11-16T12:00:00-05:00"
        )
        tiny.referral(sent: "2026-11-05T12:00:00-05:00")
        let row = try tiny.summary("2026-12-18T05:00:00Z")
        #expect(Set(row.cells.keys) == Set(NaiveSummary.columns))
        #expect(NaiveSummary.columns.count == 30)
        let expected = [
            "E1", "K-E1", "youth mobile crisis", "Hartford", "hartford-1", "Hartford", "14", "female", "school",
            "depression", "2026-10-31T23:50:00-04:00", "mobile", "2026-11-01T00:35:03-04:00",
            // 45 min 3 s is 45.05 minutes; from 00:35:03 EDT to 00:35:03 EST a day later are 25 hours.
            "45.1", "no", "2026-11-02T00:35:03-05:00", "25.0", "2", "1", "2026-11-04T10:00:00-05:00", "3",
            // 31 October to 17 December: 30 + 17 days.
            "2", "1", "2026-12-20", "yes", "2026-12-17", "met treatment goals", "47", "no", "0",
        ]
        for (column, text) in zip(NaiveSummary.columns, expected) { #expect(row[column] == text, "\(column)") }
    }

    @Test func `before its discharge the same episode is open and says so`() throws {
        var tiny = TinyCaseload()
        tiny.episode(
            call: "2026-10-31T23:50:00-04:00",
            arrived: "2026-11-01T00:35:03-04:00",
            dischargedOn: "2026-12-17"
        )
        let row = try tiny.summary("2026-12-18T04:59:59Z")
        #expect(row["open"] == "yes" && row["discharged_on"] == "" && row["discharge_reason"] == "")
        #expect(row["length_of_stay_days"] == "" && row["first_contact_at"] == "" && row["days_to_plan"] == "")
        // First contact, safety plan, and close: 1 November + 42 = 13 December.
        #expect(row["overdue"] == "3" && row["window_ends_on"] == "2026-12-13")
    }

    @Test(arguments: [
        ("2026-07-06T09:45:00-04:00", "45.0", "yes"), ("2026-07-06T09:45:01-04:00", "45.0", "no"),
        ("2026-07-06T09:45:02-04:00", "45.0", "no"), ("2026-07-06T09:45:03-04:00", "45.1", "no"),
    ])
    func `minutes are rounded half up, the standard is not`(arrived: String, minutes: String, met: String) throws {
        var tiny = TinyCaseload()
        tiny.episode(call: "2026-07-06T09:00:00-04:00", arrived: arrived)
        let row = try tiny.summary("2026-07-06T20:00:00Z")
        #expect(row["response_minutes"] == minutes && row["arrival_met"] == met)
    }

    @Test func `the hour that comes twice is measured, not read off the clock`() throws {
        var tiny = TinyCaseload()
        tiny.episode(call: "2026-11-01T01:50:00-04:00", arrived: "2026-11-01T01:20:00-05:00")
        let row = try tiny.summary("2026-11-01T20:00:00Z")
        #expect(row["response_minutes"] == "30.0" && row["arrival_met"] == "yes")
    }

    @Test(arguments: [("13:44:59", ""), ("13:45:00", ""), ("13:45:01", "no")])
    func `an arrival still missing fails after forty-five minutes`(asOf: String, met: String) throws {
        var tiny = TinyCaseload()
        tiny.episode(call: "2026-07-06T09:00:00-04:00")
        let row = try tiny.summary("2026-07-06T\(asOf)Z")
        #expect(row["arrival_met"] == met && row["response_minutes"] == "" && row["window_ends_on"] == "")
    }

    @Test(arguments: [("23:14:59", "no"), ("23:15:00", ""), ("23:15:01", "")])
    func `a discharge stops the forty-five minutes`(call: String, met: String) throws {
        var tiny = TinyCaseload()
        tiny.episode(call: "2026-07-06T\(call)-04:00", dischargedOn: "2026-07-06")
        #expect(try tiny.summary("2026-07-09T12:00:00Z")["arrival_met"] == met)
    }

    @Test func `a deferred response has minutes and no standard`() throws {
        var tiny = TinyCaseload()
        tiny.episode(mode: "deferred mobile", call: "2026-07-06T09:00:00-04:00", arrived: "2026-07-07T09:00:00-04:00")
        let row = try tiny.summary("2026-07-09T12:00:00Z")
        #expect(row["response_minutes"] == "1440.0" && row["arrival_met"] == "")
    }

    @Test(arguments: [
        ("2012-02-29", "2026-02-28", "13"), ("2012-02-29", "2026-03-01", "14"), ("2012-02-29", "2024-02-28", "11"),
        ("2012-02-29", "2024-02-29", "12"), ("2012-07-06", "2026-07-05", "13"), ("2012-07-06", "2026-07-06", "14"),
        ("", "2026-07-06", ""),
    ])
    func `age is counted in birthdays`(born: String, call: String, age: String) throws {
        var tiny = TinyCaseload()
        // 23:30 in New York is the next day in UTC, and must not make anybody older.
        let offset = ["2026-07-05", "2026-07-06"].contains(call) ? "-04:00" : "-05:00"
        tiny.episode(call: "\(call)T23:30:00\(offset)", born: born)
        #expect(try tiny.summary("2026-12-31T12:00:00Z")["age_at_call"] == age)
    }

    @Test func `rows are sorted by call, then case`() throws {
        var tiny = TinyCaseload()
        tiny.episode("B", call: "2026-07-06T09:00:00-04:00")
        tiny.episode("C", call: "2026-07-06T08:00:00-05:00")
        tiny.episode("A", call: "2026-07-06T09:00:00-04:00")
        tiny.episode("D", call: "2026-07-06T08:59:59-04:00")
        #expect(try tiny.read().summary(asOf: epoch("2026-07-07T12:00:00Z")).map(\.sourceRef) == ["D", "A", "B", "C"])
    }
}
