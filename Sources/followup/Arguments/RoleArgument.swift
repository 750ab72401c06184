internal import ArgumentParser
internal import CrisisCare
internal import Services

/// A role as it is written: `clinician@Hartford` at one site, `supervisor` at all of them.
struct RoleArgument: ExpressibleByArgument {
    let grant: NamedGrant

    init?(argument: String) {
        let parts = argument.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let word = parts.first, let role = Role(rawValue: String(word)) else { return nil }
        guard parts.count == 2 else {
            grant = NamedGrant(role: role, site: nil)
            return
        }
        guard !parts[1].isEmpty else { return nil }
        grant = NamedGrant(role: role, site: String(parts[1]))
    }

    /// What a role at all sites is called; the help lists them, and so does the refusal of any other word.
    static var allValueStrings: [String] { Role.words }

    static let help = "A role, at all sites or at one, such as clinician@Hartford."
}
