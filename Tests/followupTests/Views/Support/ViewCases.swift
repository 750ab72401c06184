import Foundation
import Testing

/// Cases of June 2025 with something in every lane, for the tests of what is shown.
extension TestAgency {
    /// The instant at which the case of `fullCase` is looked at.
    static let noonOfDay9 = "2025-06-11T12:00"

    /// Arrived at on 2 June at noon; two contacts on one day, an attempt, a plan, a referral that waits for an answer.
    /// On 11 June the next contact and the answer are overdue.
    func fullCase(firstName: String = "Zoë", lastName: String = "Peña") throws -> String {
        let words = Self.opening(lastName: lastName).map { $0 == "Only" ? firstName : $0 }
        let person = [
            "--birth-date", "2012-03-04", "--sex", "female", "--caregiver-name", "Ana Peña", "--caregiver-phone",
            "860-555-0142", "--language", "Spanish", "--format", "json",
        ]
        let opened = try run(words + person)
        let number = try #require(opened.object?["case_number"] as? String, "\(opened.stderr)")
        try runAll([
            ["episode", "arrived", number, "--at", "2025-06-02T12:00"],
            [
                "referral", "add", number, "--service", "outpatient", "--agency", "Example, Inc.", "--at",
                "2025-06-04T10:00",
            ],
            ["referral", "offer", number, "1", "--at", "2025-06-04T10:30"],
            ["referral", "send", number, "1", "--at", "2025-06-04T11:00"],
        ])
        for time in ["2025-06-03T09:00", "2025-06-03T16:00"] { _ = try visit(number, at: time) }
        _ = try visit(number, at: "2025-06-05T10:00", with: "caregiver", ["--result", "no answer"])
        try activatePlan(number)
        return number
    }

    func runAll(_ commands: [[String]], as login: String = "bea") throws {
        for words in commands {
            let result = try run(words, as: login)
            try #require(result.status == 0, "\(words): \(result.stderr)")
        }
    }
}
