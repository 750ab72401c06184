internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Services
internal import Storage

/// What the shell offers after TAB for values that only the database knows. Where it cannot be opened, nothing.
enum Completions {
    static let sites = of { try $0.directory().openSites }
    static let logins = of { try $0.directory().activeLogins }
    static let programs = of { try $0.directory().policies.programs.map(\.name) }
    static let agencies = of { try $0.knownAgencies() }
    static let openCases = of { try $0.openCaseNumbers() }

    static func codes(of list: CodeList) -> CompletionKind {
        of { try $0.directory().codes.texts(of: list) }
    }

    private static func of(_ values: @escaping @Sendable (borrowing Session) throws -> [String]) -> CompletionKind {
        .custom { words, _, _ in
            guard let options = try? GlobalOptions.parse(globalOptions(in: words)),
                let path = try? options.databasePath(),
                let session = try? Session.open(
                    path,
                    as: options.identity(),
                    now: SystemClock.currentInstant(),
                    for: CommandContext(action: "complete")
                )
            else { return [] }
            return (try? values(session)) ?? []
        }
    }

    /// The database and the person that the half-written command line names.
    static func globalOptions(in words: [String]) -> [String] {
        var found: [String] = []
        for option in ["--db", "--as"] {
            if let joined = words.last(where: { $0.hasPrefix(option + "=") }) {
                found.append(joined)
            } else if let place = words.lastIndex(of: option), place + 1 < words.count {
                found.append(option + "=" + words[place + 1])
            }
        }
        return found
    }
}

extension ExpressibleByArgument where Self: CaseIterable & RawRepresentable<String> {
    /// The codes: asked for where one has a space in it, which fish would take for the end of a value.
    static var defaultCompletionKind: CompletionKind {
        let codes = allCases.map(\.rawValue)
        return codes.contains { $0.contains(" ") } ? .custom { _, _, _ in codes } : .list(codes)
    }
}
