/// What a person is to an agency; a person may hold several roles at several sites.
package enum Role: String, CaseIterable, Sendable {
    case clinician
    case supervisor
    case analyst
    case administrator
}

/// A role at one site, or at all of them.
package struct RoleGrant: Hashable, Sendable {
    package let role: Role
    /// `nil` means every site.
    package let site: SiteID?

    package init(role: Role, site: SiteID?) {
        self.role = role
        self.site = site
    }
}

/// A set of sites.
package enum SiteScope: Hashable, Sendable {
    case all
    case some(Set<SiteID>)

    package func contains(_ site: SiteID) -> Bool {
        switch self {
        case .all: true
        case .some(let sites): sites.contains(site)
        }
    }

    package var isEmpty: Bool {
        self == .some([])
    }
}
