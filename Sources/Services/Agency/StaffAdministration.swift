package import CrisisCare
internal import SQLite
internal import Storage

/// A role as it is written on the command line: at the named site, or at all of them.
package struct NamedGrant: Sendable {
    package var role: Role
    package var site: String?

    package init(role: Role, site: String?) {
        self.role = role
        self.site = site
    }
}

/// What the audit calls it, by hand and in an import.
enum StaffAction {
    static let add = "staff add"
    static let set = "staff set"
    static let retire = "staff retire"
    /// What gives a person roles; `init` to the first administrator.
    static let givingRoles = [add, set, NewAgency.action]
}

extension Session {
    package borrowing func addStaff(
        login: String,
        name: String,
        grants: [NamedGrant],
        isDryRun: Bool = false
    ) throws {
        try change(StaffAction.add, needing: .administer, isDryRun: isDryRun) { change, db in
            try NewName.login.check(login, among: try StaffStore.all(in: db).map(\.login))
            try TextLimit.name.check(name, "the name")
            let staff = StaffRecord(id: StaffID(change.keys.next()), login: login, name: name)
            try StaffStore.insert(staff, at: change.now, in: db)
            let words = try Self.replaceGrants(of: staff.id, with: grants, in: db)
            var detail = AuditDetail()
            detail.add("roles", from: nil, to: words)
            try change.audit(record: staff.id.value, detail: detail.json, in: db)
        }
    }

    /// Gives a person other roles, another name, or both.
    package borrowing func setStaff(
        login: String,
        name: String?,
        grants: [NamedGrant]?,
        isDryRun: Bool = false
    ) throws {
        try change(StaffAction.set, needing: .administer, isDryRun: isDryRun) { change, db in
            let staff = try Directory.load(in: db).requireStaff(login)
            var detail = AuditDetail()
            // Who is given a role or a name works here again.
            if staff.retiredAt != nil {
                try StaffStore.reinstate(staff.id, in: db)
                detail.add("retired_at", from: staff.retiredAt, to: nil)
            }
            if let name {
                try TextLimit.name.check(name, "the name")
                try StaffStore.rename(staff.id, to: name, in: db)
                detail.add("name", from: staff.name, to: name)
            }
            if let grants {
                let old = try Self.words(for: StaffStore.grants(of: staff.id, in: db), in: db)
                try StaffStore.removeGrants(of: staff.id, in: db)
                detail.add("roles", from: old, to: try Self.replaceGrants(of: staff.id, with: grants, in: db))
            }
            try Self.requireAdministrator(in: db)
            try change.audit(record: staff.id.value, detail: detail.json, in: db)
        }
    }

    /// Retires a login: its history stays, it can act no more.
    /// - Returns: the open cases that it leaves behind.
    @discardableResult
    package borrowing func retireStaff(login: String, isDryRun: Bool = false) throws -> Int {
        try change(StaffAction.retire, needing: .administer, isDryRun: isDryRun) { change, db in
            let staff = try Directory.load(in: db).requireStaff(login)
            try StaffStore.retire(staff.id, at: change.now, in: db)
            try Self.requireAdministrator(in: db)
            try change.audit(record: staff.id.value, in: db)
            return try EpisodeStore.openEpisodes(of: staff.id, in: db).count
        }
    }

    private static func replaceGrants(
        of staff: StaffID,
        with grants: [NamedGrant],
        in db: borrowing Access<Writing>
    ) throws -> String {
        let directory = try Directory.load(in: db)
        for grant in grants {
            let site = try grant.site.map { try directory.requireSite($0).id }
            try StaffStore.add(RoleGrant(role: grant.role, site: site), to: staff, in: db)
        }
        return try words(for: StaffStore.grants(of: staff, in: db), in: db)
    }

    private static func words(for grants: [RoleGrant], in db: borrowing Access<Writing>) throws -> String {
        StaffListing.words(for: grants, try Directory.load(in: db))
    }

    /// Without an administrator nobody could ever add one again.
    private static func requireAdministrator(in db: borrowing Access<Writing>) throws {
        guard try StaffStore.activeAdministrators(in: db) > 0 else {
            throw RuleViolation(
                .inUse,
                "this is the last administrator",
                remedy: "Make somebody else an administrator first."
            )
        }
    }
}

/// A line of the staff list.
package struct StaffListing: Sendable {
    package let login: String
    package let name: String
    /// `clinician@Hartford, supervisor`; a role without a site holds at all of them.
    package let roles: String
    package let isRetired: Bool

    static func words(for grants: [RoleGrant], _ directory: Directory) -> String {
        grants.map { grant in grant.role.rawValue + (grant.site.map { "@" + directory.siteName($0) } ?? "") }
            .sorted().joined(separator: ", ")
    }
}

extension Session {
    package borrowing func staffList() throws -> [StaffListing] {
        try read("staff list", needing: .readFigures) { db in
            let directory = try Directory.load(in: db)
            return try StaffStore.all(in: db).map { staff in
                StaffListing(
                    login: staff.login,
                    name: staff.name,
                    roles: StaffListing.words(for: try StaffStore.grants(of: staff.id, in: db), directory),
                    isRetired: staff.retiredAt != nil
                )
            }
        }
    }
}
