/// What a person may do. Every use case asks for one of these; this file is the one table of who may do what.
///
/// The index of clients is the agency's, and no site's: whoever may write cases at a site opens one there for any client
/// on record, and is told by reference that one of nearly that name and the same birth date is. What is on record of the
/// cases stays with their sites.
package enum Permission: String, CaseIterable, Sendable {
    /// Lists, details and row-level files of cases.
    case readCases = "read cases"
    /// Episodes, visits, plans, referrals and discharges.
    case writeCases = "write cases"
    /// Extensions of the window, overruling the closing gate, reopening and voiding of episodes.
    case supervise
    /// Bringing in a whole caseload; the sites and staff that it lacks are made with `administer` besides.
    case importCases = "import a caseload"
    /// Staff, sites, policies, codes and holidays, in whatever way they are made.
    case administer
    /// Aggregate figures without rows.
    case readFigures = "read figures"
    /// Row-level files without anything that names a person, by safe harbor.
    case exportDeidentified = "export de-identified files"
    /// The state of the database itself.
    case inspect = "inspect the database"
    /// Copies of the whole database, and putting one into its place.
    case backUp = "back up and restore"
    /// What was changed, without before and after: of cases for who may read them, of settings for who may set them.
    case readChanges = "read changes"
    /// Who did what to whom; before and after of a change only with `readCases`.
    case readAudit = "read the audit"

    /// The roles that carry this permission.
    package var roles: [Role] {
        switch self {
        case .readCases, .writeCases: [.clinician, .supervisor]
        case .readChanges: [.clinician, .supervisor, .administrator]
        case .supervise, .importCases: [.supervisor]
        case .administer, .backUp: [.administrator]
        case .exportDeidentified: [.clinician, .supervisor, .analyst]
        case .readFigures: [.clinician, .supervisor, .analyst, .administrator]
        case .inspect, .readAudit: [.supervisor, .administrator]
        }
    }
}

/// The person on whose behalf a command runs.
package struct Actor: Sendable {
    package let staff: StaffID
    package let login: String
    package let grants: [RoleGrant]

    package init(staff: StaffID, login: String, grants: [RoleGrant]) {
        self.staff = staff
        self.login = login
        self.grants = grants
    }

    /// The sites at which the person has a permission.
    package func scope(of permission: Permission) -> SiteScope {
        let roles = permission.roles
        var sites: Set<SiteID> = []
        for grant in grants where roles.contains(grant.role) {
            guard let site = grant.site else { return .all }
            sites.insert(site)
        }
        return .some(sites)
    }

    package func may(_ permission: Permission, at site: SiteID) -> Bool {
        scope(of: permission).contains(site)
    }

    /// Refuses what the person may nowhere do.
    package func require(_ permission: Permission) throws(RuleViolation) {
        guard !scope(of: permission).isEmpty else { throw Self.refusal(of: permission, "") }
    }

    /// Refuses what the person may not do at a site.
    package func require(_ permission: Permission, at site: SiteID) throws(RuleViolation) {
        guard may(permission, at: site) else {
            let place = permission == .importCases ? "every site in the files" : "the case's site"
            throw Self.refusal(of: permission, " at " + place)
        }
    }

    /// - Parameter place: where the role is needed, for what is done at a site.
    private static func refusal(of permission: Permission, _ place: String) -> RuleViolation {
        let roles = permission.roles.map(\.rawValue).sorted().joined(separator: " or ")
        return RuleViolation(
            .notPermitted,
            "this takes the role of \(roles)\(place)",
            remedy: "Act as somebody who has it (--as LOGIN), or ask an administrator: followup staff set LOGIN."
        )
    }
}
