internal import Storage

extension RowCells {
    /// The longest text of each column, in code points: what the schema takes. A longer one is the row's fault and is
    /// said with its line, where the database could only end the whole import.
    private static let longest: [String: Int] = [
        "case_ref": 200, "client_ref": 200, "first_name": 200, "last_name": 200, "language": 200,
        "caregiver_name": 400, "caregiver_phone": 200, "site": 200, "clinician": 100, "approved_by": 100,
        "author": 100, "reason": 2000, "note": 100_000, "copy_given": 2000, "referral_ref": 200, "agency": 400,
    ]

    /// The longest entry of a step of a plan, and of what was said about one means.
    private static let longestEntry = 10_000
    private static let entryDividers: [String: Character] = [
        "warning_signs": "|", "coping": "|", "distraction": "|", "helpers": "|", "professionals": "|",
        "safe_environment": "|", "lethal_means": ";",
    ]

    /// What has no more bytes than the shortest of them all is looked at no further.
    private static let least = longest.values.reduce(longestEntry, min)

    func checkLengths() throws {
        for index in 0..<row.packed.count where row.packed.length(index) > Self.least {
            let column = row.file.columns[index]
            let text = row.packed.text(index)
            if let longest = Self.longest[column] {
                try Self.check(text, column, longest)
            } else if let divider = Self.entryDividers[column] {
                for entry in text.split(separator: divider) { try Self.check(entry, column, Self.longestEntry) }
            }
        }
    }

    private static func check(_ text: some StringProtocol, _ column: String, _ longest: Int) throws {
        // Bytes are counted at once, and are never fewer than code points.
        guard text.utf8.count > longest, text.unicodeScalars.count > longest else { return }
        throw BadCell(column: column, problem: "is longer than \(longest) characters")
    }
}
