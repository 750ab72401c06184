/// A value that a command cannot do without and that was not given, where nobody can be asked for it.
enum Required {
    static func value<Value>(
        _ value: Value?,
        _ option: String,
        oneOf choices: [String] = [],
        hint: String? = nil
    ) throws(Failure) -> Value {
        if let value { return value }
        let list = choices.isEmpty ? nil : "One of: \(choices.joined(separator: ", "))."
        throw Failure(.usage, "\(option) is missing", hint: hint ?? list)
    }

    /// A text that says something.
    static func text(_ text: String?, _ option: String, hint: String? = nil) throws(Failure) -> String {
        let text = try value(text, option, hint: hint)
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw Failure(.usage, "\(option) is empty", hint: hint)
        }
        return text
    }
}
