import CaseloadOracle
import Testing

@Suite struct FileReadingTests {
    private let header = """
        case_ref,client_ref,first_name,last_name,birth_date,sex,town,caregiver_phone,program,site,clinician,\
        referral_source,presenting_problem,response_mode,call_received_at,arrived_at,minor_consented,discharged_on,\
        discharge_reason
        """

    private func row(_ caseRef: String, site: String = "Hartford", call: String = "2026-07-06T09:00:00-04:00") -> String
    {
        "\(caseRef),K1,Ava,Rivera,2012-05-05,female,Hartford,,youth mobile crisis,\(site),h-1,school,other,mobile,"
            + "\(call),,no,,"
    }

    private func summary(_ text: String) throws -> [NaiveSummary] {
        try NaiveCaseload(files: ["episodes": text]).summary(asOf: epoch("2026-07-07T12:00:00Z"))
    }

    @Test func `a byte-order mark, CRLF, quotes and empty lines are read`() throws {
        let text = "\u{FEFF}\(header)\r\n\(row("A", site: "\"New, \"\"old\"\"\nHartford\""))\r\n\r\n\(row("B"))"
        #expect(try summary(text).map { $0["site"] } == ["New, \"old\"\nHartford", "Hartford"])
    }

    @Test func `a cell at the end of the file may be empty, and no row is lost`() throws {
        #expect(try summary("\(header)\n\(row("A"))").count == 1)
        #expect(try summary("\(header)\n\(row("A"))\n").count == 1)
    }

    @Test func `the guard's apostrophe comes off and goes on again, any other stays`() throws {
        for site in ["'=1", "'+1 Main", "' -x", "''@x", "'\u{FF1D}1", "'|x", "'quoted", "O'Neill"] {
            #expect(try summary("\(header)\n\(row("A", site: site))").first?["site"] == site)
        }
        #expect(try summary("\(header)\n\(row("A", site: "=1"))").first?["site"] == "'=1")
    }

    @Test(arguments: [
        ("2026-07-06T13:00:00Z", true), ("2026-07-06T13:00Z", true), ("2026-07-06T13:00:00+00:00", true),
        ("2026-07-06T09:00:00", false), ("2026-02-29T09:00:00Z", false), ("2026-07-06T24:00:00Z", false),
        ("2026-07-06", false), ("", false),
    ])
    func `an instant is read only with its offset`(text: String, isRead: Bool) throws {
        let file = "\(header)\n\(row("A", call: text))"
        if isRead {
            #expect(try summary(file).first?["call_received_at"] == "2026-07-06T09:00:00-04:00")
        } else {
            #expect(throws: NaiveError.self) { try summary(file) }
        }
    }

    @Test func `an error names file, line and column, never the content`() throws {
        let bad = "\(header)\n\(row("A"))\n\(row("B", call: "Zebra"))"
        let error = try #require(throws: NaiveError.self) { try summary(bad) }
        #expect(error.description == "episodes.csv line 3: call_received_at is no instant with an offset")
        #expect(throws: NaiveError.self) { try summary("\(header)\n\"\(row("A"))") }
        #expect(throws: NaiveError.self) { try summary("\(header)\nA,B") }
        #expect(throws: NaiveError.self) { try summary("case_ref\nA") }
    }
}
