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

    static let help =
        "A role, at all sites or at one: \(Role.words.joined(separator: ", ")), such as clinician@Hartford."
}
