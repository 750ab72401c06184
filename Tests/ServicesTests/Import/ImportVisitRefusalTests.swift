import CrisisCare
import Services
import Storage
import Testing

/// Rows of visits.csv that break a rule, beside rows that just do not.
struct ImportVisitRefusalTests {
    private let agency: TestAgency
    private var files = CaseloadFiles()

    init() throws {
        agency = try TestAgency()
    }

    @Test func `a visit on day 43 is refused`() throws {
        var files = files
        files.episode("A")
        files.visit("A", ["at": "2026-10-13T23:59:59-04:00"])
        let line = files.visit("A", ["at": "2026-10-14T00:00:00-04:00"])
        try agency.expectRefusal(of: files, .visits, line: line, .windowClosed, secret: "calmer")
    }

    @Test func `a visit before the call is refused, one at its very second is not`() throws {
        var files = files
        files.episode("A")
        files.visit("A", ["at": "2026-09-01T10:00:00-04:00"])
        let line = files.visit("A", ["at": "2026-09-01T09:59:59-04:00"])
        try agency.expectRefusal(of: files, .visits, line: line, .beforeEpisode)
    }

    @Test func `a visit after the discharge is refused, one in the last second of its day is not`() throws {
        var files = files
        files.episode("A", ["discharged_on": "2026-09-10", "discharge_reason": "met treatment goals"])
        files.visit("A", ["at": "2026-09-10T23:59:59-04:00"])
        files.plan("A")
        try agency.expectKept(files)
        let other = try TestAgency()
        let line = files.visit("A", ["at": "2026-09-11T00:00:01-04:00"])
        // The discharge closes what came before it, so it is the later visit that does not fit.
        try other.expectRefusal(of: files, .visits, line: line, .episodeClosed)
    }

    @Test func `a visit in the future is refused, one of this second is not`() throws {
        var files = files
        let recent = ["call_received_at": "2026-11-10T10:00:00-05:00", "transferred_at": "", "dispatched_at": ""]
        files.episode("A", recent.merging(["arrived_at": "2026-11-10T10:40:00-05:00"]) { $1 })
        files.visit("A", ["at": "2026-11-20T09:00:00-05:00"])
        let line = files.visit("A", ["at": "2026-11-20T09:00:01-05:00"])
        try agency.expectRefusal(of: files, .visits, line: line, .inTheFuture)
    }

    @Test func `an extension lets the visits in from the second it is granted, not before`() throws {
        var files = files
        files.episode("A")
        files.windowExtension("A", ["granted_at": "2026-10-15T10:00:00-04:00", "new_end": "2026-10-27"])
        files.visit("A", ["at": "2026-10-15T10:00:00-04:00"])
        files.visit("A", ["at": "2026-10-27T23:59:59-04:00"])
        let line = files.visit("A", ["at": "2026-10-15T09:59:59-04:00"])
        try agency.expectRefusal(of: files, .visits, line: line, .windowClosed)
    }

    @Test func `the last day of an extended window is a hard stop too`() throws {
        var files = files
        files.episode("A")
        files.windowExtension("A")
        let line = files.visit("A", ["at": "2026-10-21T00:00:00-04:00"])
        try agency.expectRefusal(of: files, .visits, line: line, .windowClosed)
    }

    @Test func `minutes are a whole number of up to a day`() throws {
        var files = files
        files.episode("A")
        files.visit("A", ["minutes": "0"])
        files.visit("A", ["minutes": "1440"])
        try agency.expectKept(files)
        for minutes in ["1441", "-1", "45.0", "45 min", "４５"] {
            var files = self.files
            files.episode("A")
            let line = files.visit("A", ["minutes": minutes])
            try TestAgency().expectRefusal(of: files, .visits, line: line, .badValue, secret: minutes)
        }
    }

    @Test func `an instant that cannot be read is refused with its line and not repeated`() throws {
        let malformed = [
            "", "yesterday", "2026-09-03", "2026-09-03T25:00:00-04:00", "09/03/2026 3:00 PM", "2026-09-03T15:00:00-4",
            "2026-09-31T15:00:00-04:00", "2026-09-03T15:00:00.5-04:00", " 2026-09-03T15:00:00-04:00",
        ]
        for text in malformed {
            var files = files
            files.episode("A")
            let line = files.visit("A", ["at": text])
            try TestAgency().expectRefusal(
                of: files,
                .visits,
                line: line,
                .badValue,
                secret: text.isEmpty ? nil : text
            )
        }
    }

    @Test func `a local time that came twice or never is refused, and taken with its offset`() throws {
        let autumn = try TestAgency(now: "2026-11-20T09:00")
        var files = CaseloadFiles()
        let call = ["call_received_at": "2026-10-20T10:00", "transferred_at": "", "dispatched_at": ""]
        files.episode("A", call.merging(["arrived_at": "2026-10-20 10:40"]) { $1 })
        files.visit("A", ["at": "2026-11-01T01:30:00-04:00"])
        files.visit("A", ["at": "2026-11-01T01:30:00-05:00"])
        var line = files.visit("A", ["at": "2026-11-01T01:30"])
        let summary = try autumn.expectRefusal(of: files, .visits, line: line, .badValue)
        // The reading is asked for by showing both.
        let reason = try #require(summary?.refusals.first?.reason)
        #expect(reason.contains("-04:00") && reason.contains("-05:00"), "\(reason)")

        let spring = try TestAgency(now: "2027-04-01T09:00")
        files = CaseloadFiles()
        let before = ["call_received_at": "2027-03-01T10:00", "transferred_at": "", "dispatched_at": ""]
        files.episode("A", before.merging(["arrived_at": "2027-03-01T10:40"]) { $1 })
        line = files.visit("A", ["at": "2027-03-14T02:30"])
        try spring.expectRefusal(of: files, .visits, line: line, .badValue)
    }

    @Test func `a code on no list is refused, with the near ones and never with the value`() throws {
        var files = files
        files.episode("A")
        let line = files.visit("A", ["result": "complted"])
        let summary = try agency.expectRefusal(of: files, .visits, line: line, .badValue, secret: "complted")
        #expect(summary?.refusals.first?.reason.contains("\"completed\"") == true)
    }
}
