import Foundation
import SQLite
import Storage
import Testing

/// `audit list`, `audit verify` and `export audit`, as people run them.
struct AuditCommandTests {
    private static let marker = MarkedAgency.marker

    private func rows(_ agency: TestAgency, _ words: [String], as login: String) throws -> [[String: Any]] {
        let result = try agency.run(["audit", "list", "--format", "json"] + words, as: login)
        try #require(result.status == 0, "\(result.stderr)")
        let list = try JSONSerialization.jsonObject(with: Data(result.stdout.utf8))
        return try #require(list as? [[String: Any]])
    }

    @Test func `the list is narrowed by case, actor, action, outcome and time, the newest first`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let other = try agency.openCase(lastName: "Other", extra: ["--new-client"])
        try agency.run(["visit", "log", number, "--at", "2025-08-01T10:00", "--mode", "phone", "--with", "youth"])
        try agency.run(["overdue"], as: "sue")
        // To look through the audit of a case is a reading of the case, and the first of its entries; the visit was
        // refused, because the window had ended.
        let ofCase = try rows(agency, ["--case", number], as: "amy")
        let actions = ofCase.map { $0["action"] as? String }
        #expect(actions == ["audit list", "visit log", "episode arrived", "episode open"])
        #expect(ofCase.allSatisfy { $0["case_number"] as? String == number })
        let ofOther = try rows(agency, ["--case", other], as: "amy")
        #expect(ofOther.map { $0["action"] as? String } == ["audit list", "episode open"])
        let bySue = try rows(agency, ["--actor", "sue"], as: "amy")
        #expect(bySue.map { $0["outcome"] as? String } == ["done", "begun"])
        let refused = try rows(agency, ["--outcome", "refused"], as: "amy")
        #expect(refused.map { $0["outcome"] as? String } == ["refused: window-closed"])
        let episodes = try rows(agency, ["--action", "episode"], as: "amy")
        #expect(episodes.count == 6 && episodes.allSatisfy { ($0["action"] as? String)?.hasPrefix("episode ") == true })
        #expect(try rows(agency, ["--action", "episod"], as: "amy").isEmpty)
        #expect(try rows(agency, ["--limit", "3"], as: "amy").count == 3)
        #expect(try rows(agency, ["--until", "yesterday"], as: "amy").isEmpty)
        #expect(try !rows(agency, ["--since", "yesterday", "--until", "today"], as: "amy").isEmpty)
        let numbers = try rows(agency, [], as: "amy").compactMap { $0["seq"] as? Int }
        #expect(numbers == Array((1...numbers.count).reversed()))
    }

    @Test func `times in what was changed are the agency's, and the exported entries keep what was hashed`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let words = ["--arrived", "2025-06-02T11:50", "--language", "a \"b\" \\c", "--reason", "typo, at 1748879400"]
        try #require(agency.run(["episode", "amend", number] + words).status == 0)
        let amended = try rows(agency, ["--action", "episode amend", "--outcome", "done"], as: "sue")
        let detail = try #require(amended.first?["detail"] as? String)
        #expect(
            detail == """
                {"version":[2,3],"arrived_at":["2025-06-02T12:00:00-04:00","2025-06-02T11:50:00-04:00"],\
                "language":["","a \\"b\\" \\\\c"],"reason":[null,"typo, at 1748879400"]}
                """
        )
        let exported = try agency.run(["export", "audit"], as: "amy")
        #expect(exported.stdout.contains("1748880000") && exported.stdout.contains("1748879400"))
    }

    @Test func `before and after are for who may read the case, and the others see that there is something`() throws {
        let marked = try MarkedAgency()
        for login in ["sue", "adm"] {
            let amended = try rows(marked.agency, ["--action", "episode amend"], as: login).filter {
                $0["case_number"] is String
            }
            #expect(amended.count == 1)
            let detail = amended.first?["detail"] as? String
            #expect(detail?.contains(Self.marker) ?? false == (login == "sue"), "\(login)")
            #expect(amended.first?["detail_withheld"] as? Bool == (login == "adm"), "\(login)")
        }
        // A client's corrected name is for who may read a case of the client.
        let edited = try rows(marked.agency, ["--action", "client edit", "--outcome", "done"], as: "sue")
        #expect((edited.first?["detail"] as? String)?.contains(Self.marker) == true)
        let withheld = try rows(marked.agency, ["--action", "client edit", "--outcome", "done"], as: "adm")
        #expect(withheld.first?["detail_withheld"] as? Bool == true && withheld.first?["detail"] is NSNull)
        let all = try marked.agency.run(["audit", "list"], as: "adm")
        #expect(all.status == 0 && !all.stdout.contains(Self.marker))
        let exported = try marked.agency.run(["export", "audit"], as: "adm")
        #expect(exported.status == 0 && !exported.stdout.contains(Self.marker))
        #expect(try marked.agency.run(["export", "audit"], as: "amy").stdout.contains(Self.marker))
        // What was done to staff is an administrator's to see.
        let staff = try rows(marked.agency, ["--action", "staff add", "--outcome", "done"], as: "adm")
        #expect(staff.allSatisfy { $0["detail_withheld"] as? Bool == false })
    }

    @Test func `a supervisor of one site sees nothing of another's cases`() throws {
        let agency = try TestAgency()
        try agency.run(["staff", "add", "tess", "--name", "T", "--role", "supervisor@Torrington"], as: "amy")
        let number = try agency.openCase()
        #expect(try agency.run(["audit", "list", "--case", number], as: "tess").status == 77)
        let seen = try rows(agency, [], as: "tess")
        #expect(seen.allSatisfy { $0["case_number"] is NSNull && ["tess", "tom"].contains($0["login"] as? String) })
        #expect(try agency.run(["audit", "list"], as: "bea").status == 77)
    }

    @Test func `a head that was noted is found later, and one that is gone is refused`() throws {
        let agency = try TestAgency()
        let noted = try agency.run(["audit", "verify", "--format", "json"], as: "amy")
        let head = try #require(noted.object?["head"] as? String)
        try agency.run(["overdue"])
        let found = try agency.run(["audit", "verify", "--head", head, "--format", "json"], as: "amy")
        #expect(found.status == 0 && found.object?["noted_seq"] as? Int == noted.object?["head_seq"] as? Int)
        let missing = try agency.run(["audit", "verify", "--head", String(head.reversed())], as: "amy")
        #expect(missing.status == 1 && missing.stderr.hasPrefix("refused [audit-head-missing]: "))
        #expect(try StoredRows.audit(agency).last?.outcome == "refused: audit-head-missing")
        for wrong in ["", "12", head + "0", String(head.dropLast()) + "x"] {
            #expect(try agency.run(["audit", "verify", "--head", wrong], as: "amy").status == 64)
        }
    }

    @Test func `damage gives status 69, and says which entry and how`() throws {
        for (damage, word, place) in [
            ("UPDATE audit SET login = 'eve' WHERE seq = 4", "changed", 4),
            ("DELETE FROM audit WHERE seq = 6 AND command IS NOT NULL", "removed", 6),
        ] {
            let agency = try TestAgency()
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/sqlite3")
            process.arguments = [
                agency.database, "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted; \(damage)",
            ]
            try process.run()
            process.waitUntilExit()
            let result = try agency.run(["audit", "verify", "--format", "json"], as: "amy")
            #expect(result.status == 69 && result.object?["intact"] as? Bool == false, "\(result.stderr)")
            let damages = result.object?["damages"] as? [[String: Any]]
            #expect(damages?.map { $0["damage"] as? String } == [word] && damages?.first?["seq"] as? Int == place)
        }
    }
}
