internal import CrisisCare

/// How a site or a login may be written when a person makes it: never so that it looks like another one.
///
/// An import takes the names of its files as they are: a record is not refused for how a place or a person was written.
enum NewName {
    case site
    case login

    private var words: String {
        switch self {
        case .site: "the site's name"
        case .login: "the login"
        }
    }

    /// What the schema takes.
    private var limit: TextLimit {
        switch self {
        case .site: TextLimit(longest: 200)
        case .login: TextLimit(longest: 100)
        }
    }

    /// - Parameter known: the names of the same kind that are on record, retired ones too.
    func check(_ name: String, among known: some Sequence<String>) throws {
        guard !name.isBlank else { throw ServiceError.badValue("\(words) is empty") }
        try limit.check(name, words)
        let scalars = name.unicodeScalars
        guard scalars.allSatisfy(Self.isSeen) else {
            throw ServiceError.badValue("\(words) holds a character that cannot be seen; write it without")
        }
        guard scalars.first != " ", scalars.last != " ", !name.contains("  ") else {
            throw ServiceError.badValue("\(words) has a space too many: at an end, or two in a row")
        }
        let likeness = name.lowercased()
        guard !known.contains(where: { $0.lowercased() == likeness }) else {
            throw RuleViolation(
                .inUse,
                "\(words) is that of one on record, or differs from it in capitals alone",
                remedy: "Use the one on record, or choose another name."
            )
        }
    }

    /// A letter, mark, digit, sign or plain space; no control character, and no space of another or of no width.
    private static func isSeen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }
}
