import Foundation
import Testing

/// `show` names why a case was closed or a caregiver met against the rule, and as of an instant whose case it was.
struct ShowPastTests {
    private func shown(_ agency: TestAgency, _ number: String, _ words: [String] = []) throws -> [String: Any] {
        try #require(agency.run(["show", number, "--format", "json"] + words, as: "sue").object)
    }

    @Test func `the reasons for overruling and handing over are shown with the discharge`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase(extra: ["--minor-consented"])
        let visit = ["--mode", "phone", "--with", "both", "--override", "the youth asked for it"]
        let logged = try agency.run(["visit", "log", number, "--at", "2025-06-03T10:00"] + visit)
        try #require(logged.status == 0, "\(logged.stderr)")
        let closed = try agency.run(
            [
                "episode", "close", number, "--reason", "family moved", "--at", "2025-06-20T10:00", "--override",
                "moved overnight", "--hand-over", "the new team calls",
            ],
            as: "sue"
        )
        try #require(closed.status == 0, "\(closed.stderr)")
        let after = try shown(agency, number)
        #expect(after["closing_override"] as? String == "moved overnight")
        #expect(after["handover_reason"] as? String == "the new team calls")
        let text = try agency.run(["show", number, "--all"], as: "sue").stdout
        for words in ["moved overnight", "the new team calls", "although the youth consented alone: the youth asked"] {
            #expect(text.contains(words), "\(text)")
        }
        let before = try shown(agency, number, ["--as-of", "2025-06-10T10:00"])
        #expect(before["closing_override"] is NSNull && before["handover_reason"] is NSNull)
    }

    @Test func `as of an instant the clinician and the language are those that were on record`() throws {
        let agency = try TestAgency()
        let number = try agency.openCase(extra: ["--language", "Spanish \"castellano\""])
        try agency.run(["staff", "add", "kim", "--name", "Kim", "--role", "clinician@Hartford"], as: "amy")
        sleep(1)
        let then = Date().formatted(.iso8601)
        sleep(1)
        let reassigned = try agency.run(["episode", "reassign", number, "--to", "kim"])
        try #require(reassigned.status == 0, "\(reassigned.stderr)")
        for language in ["Polish", "Portuguese"] {
            let amended = try agency.run(
                ["episode", "amend", number, "--language", language, "--reason", "typo"],
                as: "sue"
            )
            try #require(amended.status == 0, "\(amended.stderr)")
        }
        let now = try shown(agency, number)
        #expect(now["clinician"] as? String == "kim" && now["language"] as? String == "Portuguese")
        let past = try shown(agency, number, ["--as-of", then])
        #expect(past["clinician"] as? String == "bea", "\(past)")
        #expect(past["language"] as? String == "Spanish \"castellano\"")
    }
}
