private import Services

/// Says what is wrong with a command line without repeating what was typed: a name or a note may be among it.
///
/// Only wordings that are known are passed on, and of them only what cannot be a value: names of options and commands,
/// and the values that would be taken.
enum UsageFailure {
    /// - Parameters:
    ///   - message: the parser's message.
    ///   - fullMessage: the same with the usage and the line that points at the help.
    ///   - words: the command line.
    static func of(message: String, fullMessage: String, words: [String]) -> Failure {
        let command = command(in: fullMessage)
        let path = command.split(separator: " ").map(String.init)
        let below = CommandTree.names(below: path)
        var text = withoutValues(message)
        if text == superfluous, !below.isEmpty {
            let rest = words.filter { !path.dropFirst().contains($0) }
            text = CommandTree.unknownCommand(rest, among: below)
        }
        return Failure(.usage, text, hint: "See: \(command) --help")
    }

    private static let superfluous =
        "there is an argument that this command does not take (a text with spaces needs quotes)"

    static func withoutValues(_ message: String) -> String {
        let quoted = parts(of: message)
        if message.hasPrefix("Unexpected argument ") || message.contains(" unexpected arguments: ") {
            return superfluous
        }
        if message.hasPrefix("Unknown option "), let option = quoted.first, isOption(option) {
            let near = quoted.dropFirst().first.flatMap { isOption($0) ? "; did you mean \($0)?" : nil }
            return "there is no option \(option)" + (near ?? "")
        }
        if message.hasPrefix("Unknown option ") { return "there is no such option" }
        if message.hasPrefix("Missing value for "), let option = quoted.first {
            return "the value of \(option) is missing (write --option=VALUE if it begins with a hyphen)"
        }
        if message.hasPrefix("Missing expected argument "), let name = quoted.first { return "\(name) is missing" }
        if message.hasPrefix("The value ") { return invalidValue(message) }
        // What a command itself found out begins with the option's name and holds nothing that was typed.
        if message.hasPrefix("--") { return message.hasSuffix(".") ? String(message.dropLast()) : message }
        return "the command line could not be understood"
    }

    /// `The value 'X' is invalid for '--mode <mode>'. Please provide one of 'in person', 'phone' and 'video'.`
    private static func invalidValue(_ message: String) -> String {
        // The value may hold any words, so the end of the message is looked for from its back.
        let marker = "is invalid for '"
        guard let start = message.lastRange(of: marker) else { return "a value cannot be taken" }
        let rest = message[start...].dropFirst(marker.count)
        let option = rest.prefix { $0 != "'" && $0 != " " }
        guard isOption(String(option)) || option.hasPrefix("<") else { return "a value cannot be taken" }
        let choices = rest.drop { $0 != "'" }.dropFirst()
        guard let offer = choices.lastRange(of: "Please provide one of ") else {
            return "the value of \(option) cannot be taken"
        }
        let words = Self.choices(String(choices[offer...].dropFirst("Please provide one of ".count)))
        // What was typed decides the order, and is not said.
        let typed = message.dropFirst("The value '".count).prefix { $0 != "'" }
        let list = NearMatches.first(String(typed), in: words).joined(separator: ", ")
        return "the value of \(option) cannot be taken; it is one of: \(list)"
    }

    /// `'in person', 'phone' or 'video'.`, or a longer list with a line for each.
    private static func choices(_ list: String) -> [String] {
        let lines = list.split(whereSeparator: \.isNewline).dropFirst()
        if !lines.isEmpty { return lines.map { String($0.drop { $0 == " " || $0 == "-" }) } }
        return list.split(separator: "'", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }

    /// What stands between apostrophes.
    private static func parts(of message: String) -> [String] {
        message.split(separator: "'", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }
            .map { String($0.element.prefix { $0 != " " }) }
    }

    private static func isOption(_ text: String) -> Bool {
        text.hasPrefix("--") && text.count <= 30
            && text.utf8.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || $0 == UInt8(ascii: "-") }
    }

    /// The command whose help is named: `See 'followup visit log --help' for more information.`
    private static func command(in fullMessage: String) -> String {
        let line = fullMessage.split(separator: "\n").last { $0.contains("See 'followup") }
        let command = line?.split(separator: "'", omittingEmptySubsequences: false).dropFirst().first
        return command.map { String($0).replacing(" --help", with: "") } ?? "followup"
    }
}

extension StringProtocol {
    /// Where a text begins for the last time.
    fileprivate func lastRange(of text: String) -> Index? {
        var found: Index?
        var rest = self[...]
        while let range = rest.firstRange(of: text) {
            found = range.lowerBound
            rest = rest[range.upperBound...]
        }
        return found
    }
}
