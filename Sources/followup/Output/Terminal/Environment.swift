internal import Glibc

/// The environment variables that rendering obeys, read through a function so that tests can give their own.
struct Environment: Sendable {
    let value: @Sendable (String) -> String?

    /// The variables of this process.
    static let process = Environment { name in
        guard let text = unsafe getenv(name) else { return nil }
        return unsafe String(cString: text)
    }

    /// A variable that is set to something.
    func nonEmpty(_ name: String) -> String? {
        guard let text = value(name), !text.isEmpty else { return nil }
        return text
    }

    /// Whether the reader's locale can show more than ASCII.
    ///
    /// The first of the three that is set decides, as in setlocale(3).
    var isUTF8: Bool {
        for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
            guard let locale = nonEmpty(name)?.lowercased() else { continue }
            // Such as en_US.UTF-8, C.utf8 or en_US.UTF-8@modifier.
            return locale.split(separator: ".").contains { $0.hasPrefix("utf-8") || $0.hasPrefix("utf8") }
        }
        return false
    }
}
