internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services
internal import Storage

/// What the shell offers after TAB for values that only the database knows. Where it cannot be opened, nothing.
enum Completions {
    static let sites = of { try $0.directory().openSites }
    static let logins = of { try $0.directory().activeLogins }
    static let programs = of { try $0.directory().policies.programs.map(\.name) }
    static let agencies = of { try $0.knownAgencies() }
    static let openCases = of { session in
        let cases = try session.episodeList(EpisodeQuery())
        guard let column = cases.columns.firstIndex(where: { $0.key == "case_number" }) else { return [] }
        return cases.rows.compactMap { if case .code(let number) = $0[column] { number } else { nil } }
    }

    static func codes(of list: CodeList) -> CompletionKind {
        of { try $0.directory().codes.texts(of: list) }
    }

    private static func of(_ values: @escaping @Sendable (borrowing Session) throws -> [String]) -> CompletionKind {
        .custom { words, _, _ in
            guard let options = try? GlobalOptions.parse(globalOptions(in: words)),
                let path = try? options.databasePath(),
                let session = try? Session.open(path, as: options.identity(), now: SystemClock.currentInstant())
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
