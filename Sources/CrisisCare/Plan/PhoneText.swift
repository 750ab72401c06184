/// Finds phone numbers in what a person wrote.
package enum PhoneText {
    /// Digits of a phone number on which somebody can be reached (practice.md section 4).
    static let leastDigits = 10

    /// Whether a text holds a number on which somebody can be reached.
    package static func isReachable(_ text: String) -> Bool {
        longestNumber(in: text) >= leastDigits
    }

    /// What may stand between the digits of one number; word processors make long dashes and hard spaces of short ones.
    private static let separators = " .-()+\u{A0}\u{2011}\u{2013}"
    /// What divides a number into the groups in which it is spoken.
    private static let groupSeparators = " ()+\u{A0}"

    /// How many digits the longest number has.
    static func longestNumber(in text: String) -> Int {
        runs(in: text).map { digits($0).count }.max() ?? 0
    }

    /// Whether a short number such as 988 stands in a text by itself: `2-1-1 (24/7)` names 211.
    ///
    /// A group of more digits beside it makes it part of a longer number: `203 988 2110` does not name 988.
    static func names(_ short: String, in text: String) -> Bool {
        runs(in: text).contains { run in
            let groups = run.split { groupSeparators.contains($0) }.map(digits)
            return groups.joined() == short || (groups.contains(short) && groups.allSatisfy { $0.count <= short.count })
        }
    }

    private static func runs(in text: String) -> [Substring] {
        text.split { !isDigit($0) && !separators.contains($0) }
    }

    private static func digits(_ text: Substring) -> String {
        String(text.filter(isDigit))
    }

    private static func isDigit(_ character: Character) -> Bool {
        character.isASCII && character.isNumber
    }
}
