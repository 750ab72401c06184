package import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

/// What `init` needs to know.
package struct NewAgency: Sendable {
    package var name: String
    package var zone: Zone
    package var adminLogin: String
    package var adminName: String
    /// The administrator is made a supervisor of all sites too, so that a small team can start at once.
    package var adminSupervises: Bool
    package var osUser: String

    package init(
        name: String,
        zone: Zone,
        adminLogin: String,
        adminName: String,
        adminSupervises: Bool,
        osUser: String
    ) {
        self.name = name
        self.zone = zone
        self.adminLogin = adminLogin
        self.adminName = adminName
        self.adminSupervises = adminSupervises
        self.osUser = osUser
    }
}

extension NewAgency {
    /// What the audit calls it.
    static let action = "init"

    /// Makes the database with code lists, towns, programs, default policies and the first administrator.
    ///
    /// - Parameter command: what the process was started for, to whose audit entry that of the new agency links.
    package func create(at path: String, now: Instant, for command: CommandContext? = nil) throws {
        try NewName.login.check(adminLogin, among: EmptyCollection())
        try Database.create(at: path, now: now.seconds, programVersion: ProgramVersion.current) { connection in
            try connection.audited(command, path) { trail, db in
                var keys = KeyMaker(after: trail.sequence)
                try AgencyStore.insert(AgencyRecord(name: name, zone: zone.name, createdAt: now), in: db)
                try CodeStore.insertShipped(in: db)
                for program in ShippedProgram.allCases {
                    let id = ProgramID(keys.next())
                    try PolicyStore.insertProgram(id, named: program.rawValue, in: db)
                    try PolicyStore.insert(program.policy, of: id, in: db)
                }
                let admin = StaffRecord(id: StaffID(keys.next()), login: adminLogin, name: adminName)
                try StaffStore.insert(admin, at: now, in: db)
                let roles: [Role] = adminSupervises ? [.administrator, .supervisor] : [.administrator]
                let grants = roles.map { RoleGrant(role: $0, site: nil) }
                for grant in grants { try StaffStore.add(grant, to: admin.id, in: db) }
                var detail = AuditDetail()
                detail.add("roles", from: nil, to: StaffListing.words(for: grants, try Directory.load(in: db)))
                let entry = AuditEntry(
                    at: now,
                    actor: admin.id,
                    login: adminLogin,
                    osUser: osUser,
                    action: Self.action,
                    outcome: Outcome.done,
                    record: admin.id.value,
                    detail: detail.json,
                    programVersion: ProgramVersion.current
                )
                try trail.append(entry, in: db)
            }
        }
    }
}
