import CrisisCare
import SQLite
import Services
import Storage
import Testing

/// Rows of episodes.csv that break a rule, and the rows that fall with them.
struct ImportEpisodeRefusalTests {
    private let agency: TestAgency

    init() throws {
        agency = try TestAgency()
    }

    @Test(arguments: [
        ["arrived_at": "2026-09-01T10:09:59-04:00"],
        ["dispatched_at": "2026-09-01T10:02:59-04:00"],
        ["transferred_at": "2026-09-01T09:59:59-04:00"],
        ["arrived_at": "2026-09-01T09:59:59-04:00", "transferred_at": "", "dispatched_at": ""],
    ])
    func `a step out of the order call, transfer, dispatch, arrival is refused`(steps: [String: String]) throws {
        var files = CaseloadFiles()
        files.episode("A")
        let line = files.episode("B", steps)
        files.visit("A")
        files.visit("B")
        files.plan("B")
        try agency.expectRefusal(of: files, .episodes, line: line, .beforeArrival, others: 2)
    }

    @Test func `steps in one second are in order`() throws {
        var files = CaseloadFiles()
        let call = "2026-09-01T10:00:00-04:00"
        files.episode("A", ["transferred_at": call, "dispatched_at": call, "arrived_at": call])
        try agency.expectKept(files)
    }

    @Test func `a discharge known by its date has to lie before today`() throws {
        var files = CaseloadFiles()
        files.episode("A", ["discharged_on": "2026-11-19", "discharge_reason": "met treatment goals"])
        try agency.expectKept(files)
        var late = CaseloadFiles()
        let line = late.episode("B", ["discharged_on": "2026-11-20", "discharge_reason": "met treatment goals"])
        try agency.expectRefusal(of: late, .episodes, line: line, .inTheFuture)
    }

    @Test func `a discharge before the arrival is refused, one on its day is not`() throws {
        var files = CaseloadFiles()
        files.episode("A", ["discharged_on": "2026-09-01", "discharge_reason": "met treatment goals"])
        try agency.expectKept(files)
        var early = CaseloadFiles()
        let line = early.episode("B", ["discharged_on": "2026-08-31", "discharge_reason": "met treatment goals"])
        try agency.expectRefusal(of: early, .episodes, line: line, .beforeArrival)
    }

    @Test(arguments: [
        ["discharged_on": "2026-09-10"], ["discharge_reason": "met treatment goals"], ["birth_date": "2012-02-30"],
        ["birth_date": "5/1/2012"], ["sex": "f"], ["minor_consented": "maybe"], ["response_mode": "moblie"],
        ["program": "youth"], ["town": "Harford"], ["location": "hme"], ["referral_source": "scool"],
        ["presenting_problem": ""], ["call_received_at": ""], ["arrived_at": "soon"], ["client_ref": ""],
        ["site": ""], ["clinician": ""], ["referral_source": "anxiety"],
    ])
    func `a value that is missing, malformed or on no list refuses the episode`(change: [String: String]) throws {
        var files = CaseloadFiles()
        let line = files.episode("A", change)
        files.visit("A")
        let secret = change.values.first {
            $0.count > 3 && !["2026-09-10", "met treatment goals", "youth", "anxiety"].contains($0)
        }
        try agency.expectRefusal(of: files, .episodes, line: line, .badValue, others: 1, secret: secret)
    }

    @Test func `a phone-only episode has no arrival`() throws {
        var files = CaseloadFiles()
        let line = files.episode("A", ["response_mode": "non-mobile (phone)"])
        try agency.expectRefusal(of: files, .episodes, line: line, .phoneOnly)
    }

    @Test func `a call in the future is refused`() throws {
        var files = CaseloadFiles()
        let none = ["transferred_at": "", "dispatched_at": "", "arrived_at": ""]
        files.episode("A", none.merging(["call_received_at": "2026-11-20T09:00:00-05:00"]) { $1 })
        let line = files.episode("B", none.merging(["call_received_at": "2026-11-20T09:00:01-05:00"]) { $1 })
        try agency.expectRefusal(of: files, .episodes, line: line, .inTheFuture)
    }

    @Test func `a case_ref may occur once`() throws {
        var files = CaseloadFiles()
        files.episode("A")
        let line = files.episode("A", ["client_ref": "C-2", "town": "Avon"])
        files.visit("A")
        try agency.expectRefusal(of: files, .episodes, line: line, .duplicateRef)
        // The first of them is the one that stays.
        let town = try agency.read { db in
            try db.first("SELECT c.code FROM episode AS e JOIN code AS c ON c.id = e.town") { try $0.text(0) }
        }
        #expect(town == "Hartford")
    }

    @Test(arguments: [["last_name": "Other"], ["birth_date": "2012-05-02"], ["sex": "male"], ["birth_date": ""]])
    func `one client_ref cannot be two people`(change: [String: String]) throws {
        var files = CaseloadFiles()
        files.episode("A", ["client_ref": "C", "last_name": "Child"])
        files.episode("B", ["client_ref": "C", "last_name": "Child", "town": "Avon", "caregiver_name": "Another"])
        let same = ["client_ref": "C", "last_name": "Child"]
        let line = files.episode("C", same.merging(change) { $1 })
        try agency.expectRefusal(of: files, .episodes, line: line, .clientConflict, secret: "Other")
        // Nor in a later import.
        var later = CaseloadFiles()
        let second = later.episode("D", same.merging(change) { $1 })
        try agency.expectRefusal(of: later, .episodes, line: second, .clientConflict, secret: "Other")
    }

    @Test func `a reference that takes the last number of its year leaves none for others`() throws {
        var files = CaseloadFiles()
        files.episode("2026-999999999")
        let line = files.episode("Z")
        try agency.expectRefusal(of: files, .episodes, line: line, .badValue)
    }

    @Test func `what belongs to the episode may differ between episodes of one child`() throws {
        var files = CaseloadFiles()
        let child = ["client_ref": "C", "last_name": "Child"]
        files.episode(
            "A",
            child.merging(["town": "Avon", "language": "Polish", "caregiver_name": "X", "part2": "yes"]) { $1 }
        )
        files.episode(
            "B",
            child.merging(["town": "", "caregiver_phone": "203-555-0100", "minor_consented": "yes"]) { $1 }
        )
        try agency.expectKept(files)
        #expect(try agency.tableCounts()["client"] == 1)
    }

    @Test(arguments: [CaseloadFile.extensions, .plans, .visits, .referrals])
    func `a row of a case that is nowhere is refused`(file: CaseloadFile) throws {
        var files = CaseloadFiles()
        files.episode("A")
        files.visit("A")
        let line =
            switch file {
            case .episodes: 0
            case .extensions: files.windowExtension("NOWHERE")
            case .plans: files.plan("NOWHERE")
            case .visits: files.visit("NOWHERE")
            case .referrals: files.referral("NOWHERE")
            }
        try agency.expectRefusal(of: files, file, line: line, .unknownCase, secret: "NOWHERE")
    }

    @Test func `a text too long for its place is refused with its line, one of just that length is kept`() throws {
        let limits: [(column: String, longest: Int)] = [
            ("client_ref", 200), ("first_name", 200), ("last_name", 200), ("language", 200), ("caregiver_name", 400),
            ("caregiver_phone", 200), ("site", 200), ("clinician", 100),
        ]
        for (column, longest) in limits {
            // Code points count, not bytes and not what looks like one letter.
            let text = String(repeating: "é", count: longest - 1) + "\u{1F642}"
            var files = CaseloadFiles()
            files.episode("A", [column: text])
            let agency = try TestAgency()
            try agency.expectKept(files)
            var tooLong = CaseloadFiles()
            let line = tooLong.episode("B", [column: text + "x"])
            try agency.expectRefusal(of: tooLong, .episodes, line: line, .badValue, secret: "éé")
        }
    }
}
