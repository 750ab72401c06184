import CaseloadOracle
import Foundation
import Testing

/// A caseload written by hand, row by row; what a test does not name has a plain default.
struct TinyCaseload {
    private var files = [
        "episodes": """
        case_ref,client_ref,first_name,last_name,birth_date,sex,town,language,caregiver_name,caregiver_phone,program,\
        site,clinician,referral_source,presenting_problem,response_mode,location,call_received_at,transferred_at,\
        dispatched_at,arrived_at,minor_consented,part2,discharged_on,discharge_reason

        """
    ]

    mutating func episode(
        _ caseRef: String = "E1",
        mode: String = "mobile",
        call: String,
        arrived: String = "",
        born: String = "2012-05-05",
        program: String = "youth mobile crisis",
        minorConsented: String = "no",
        dischargedOn: String = ""
    ) {
        let reason = dischargedOn.isEmpty ? "" : "met treatment goals"
        let cells = [
            caseRef, "K-\(caseRef)", "Ava", "Rivera", born, "female", "Hartford", "English", "Nora Rivera",
            "860-555-0142", program, "Hartford", "hartford-1", "school", "depression", mode, "home", call, "", "",
            arrived, minorConsented, "no", dischargedOn, reason,
        ]
        append(cells, to: "episodes", header: "")
    }

    mutating func extended(_ caseRef: String = "E1", granted: String, to newEnd: String) {
        append(
            [caseRef, granted, newEnd, "boss", "new placement"],
            to: "extensions",
            header: """
                case_ref,granted_at,new_end,approved_by,reason

                """
        )
    }

    mutating func visit(
        _ caseRef: String = "E1",
        at: String,
        _ result: String = "completed",
        with who: String = "youth"
    ) {
        append(
            [caseRef, at, "phone", result, who, "", "hartford-1", ""],
            to: "visits",
            header: """
                case_ref,at,mode,result,with,minutes,clinician,note

                """
        )
    }

    mutating func plan(_ caseRef: String = "E1", at: String, review: String = "") {
        append([caseRef, at, review], to: "plans", header: "case_ref,activated_at,review_on\n")
    }

    mutating func referral(
        _ caseRef: String = "E1",
        sent: String,
        _ status: String = "sent",
        answered: String = "",
        appointment: String = "",
        attended: String = ""
    ) {
        let cells = [caseRef, "R", "outpatient", "Elm Center", sent, status, answered, appointment, attended, "no"]
        append(
            cells,
            to: "referrals",
            header: """
                case_ref,referral_ref,service_type,agency,sent_at,status,answered_at,appointment_at,attended_at,warm_handoff

                """
        )
    }

    private mutating func append(_ cells: [String], to file: String, header: String) {
        files[file, default: header] += cells.joined(separator: ",") + "\n"
    }

    func read() throws -> NaiveCaseload {
        try NaiveCaseload(files: files)
    }

    /// Each open deadline as `kind due_at`, or `kind about due_at`; due instants in UTC.
    func open(_ asOf: String, holidays: Set<String> = []) throws -> Set<String> {
        try texts(read().open(asOf: epoch(asOf), holidays: holidays))
    }

    func overdueKinds(_ asOf: String) throws -> [String] {
        try read().overdue(asOf: epoch(asOf)).map(\.kind)
    }

    func summary(_ asOf: String) throws -> NaiveSummary {
        try #require(try read().summary(asOf: epoch(asOf)).first)
    }

    private func texts(_ list: [NaiveOverdue]) -> Set<String> {
        Set(list.map { [$0.kind, $0.about, utc($0.dueAt)].filter { !$0.isEmpty }.joined(separator: " ") })
    }
}

/// An instant of the tests through Foundation's own parser, so that the oracle's parser is not its own judge.
func epoch(_ text: String) throws -> Int64 {
    let date = try #require(ISO8601DateFormatter().date(from: text), "not RFC 3339: \(text)")
    return Int64(date.timeIntervalSince1970)
}

func utc(_ instant: Int64) -> String {
    ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: Double(instant)))
}
