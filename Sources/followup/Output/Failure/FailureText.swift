extension Failure {
    /// The failure as people read it: `refused [rule]: message. hint`, or `error: message. hint`.
    var text: String {
        var text = rule.map { "refused [\($0)]: " } ?? "error: "
        text += Self.sentence(message)
        // The hint stays as it is: it may end in a command to copy, of which a full stop would become a part.
        if let hint { text += (message.contains("\n") ? "\n" : " ") + hint }
        return text
    }

    /// The failure as one line of JSON with the keys `error`, `rule`, `message` and `hint`.
    var json: String {
        var bytes: [UInt8] = []
        let members = [("error", status.kind), ("rule", rule), ("message", message), ("hint", hint)]
        for (key, value) in members {
            bytes += (bytes.isEmpty ? "{" : ",").utf8
            JSONText.append(key, to: &bytes)
            bytes += ":".utf8
            if let value { JSONText.append(value, to: &bytes) } else { bytes += "null".utf8 }
        }
        bytes += "}".utf8
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func sentence(_ text: String) -> String {
        guard let last = text.last, !".!?:".contains(last) else { return text }
        // Several lines are a list, not a sentence.
        return text.contains("\n") ? text : text + "."
    }
}
