internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

/// Sites and staff of an import by name: those on record, and those that it makes on request.
///
/// What a row needs is pending until its case is kept, so that a refused row leaves no ghost behind.
struct ImportNames {
    private(set) var directory: Directory
    private let createsMissing: Bool
    private var grants: [StaffID: Set<RoleGrant>] = [:]
    private var made: Set<StaffID> = []
    private(set) var pending = Pending()

    struct Pending {
        fileprivate(set) var sites: [SiteRecord] = []
        fileprivate(set) var staff: [StaffRecord] = []
        fileprivate var grants: [(staff: StaffID, grant: RoleGrant)] = []
    }

    init(_ directory: Directory, createsMissing: Bool) {
        self.directory = directory
        self.createsMissing = createsMissing
    }

    /// Forgets what was pending since an earlier state.
    mutating func restore(_ earlier: Pending) {
        pending = earlier
    }

    mutating func site(_ cells: RowCells, _ change: inout Change) throws -> SiteID {
        let name = try cells.requiredText("site")
        if let site = directory.site(named: name) ?? pending.sites.first(where: { $0.name == name }) { return site.id }
        guard createsMissing else {
            throw BadCell(column: "site", problem: "is no site on record; --create-missing makes it", unknownSite: name)
        }
        let site = SiteRecord(id: SiteID(change.keys.next()), name: name)
        pending.sites.append(site)
        return site.id
    }

    /// The person of a login. Who is made by this import gets the role at the site of the row's episode.
    mutating func staff(
        _ cells: RowCells,
        _ column: String,
        as role: Role,
        at site: SiteID,
        _ change: inout Change
    ) throws -> StaffID {
        let login = try cells.requiredText(column)
        if let staff = directory.staff(login: login) ?? pending.staff.first(where: { $0.login == login }) {
            if made.contains(staff.id) || pending.staff.contains(where: { $0.id == staff.id }) {
                grant(role, at: site, to: staff.id)
            }
            return staff.id
        }
        guard createsMissing else {
            throw BadCell(
                column: column,
                problem: "is no login on record; --create-missing makes it",
                unknownLogin: login
            )
        }
        let staff = StaffRecord(id: StaffID(change.keys.next()), login: login, name: "")
        pending.staff.append(staff)
        grant(role, at: site, to: staff.id)
        return staff.id
    }

    private mutating func grant(_ role: Role, at site: SiteID, to staff: StaffID) {
        let grant = RoleGrant(role: role, site: site)
        guard grants[staff]?.contains(grant) != true else { return }
        guard !pending.grants.contains(where: { $0.staff == staff && $0.grant == grant }) else { return }
        pending.grants.append((staff, grant))
    }

    mutating func isSupervisor(_ staff: StaffID, at site: SiteID, in db: borrowing Access<Writing>) throws -> Bool {
        if grants[staff] == nil { grants[staff] = try StaffStore.grants(of: staff, in: db) }
        let held = (grants[staff] ?? []).union(pending.grants.filter { $0.staff == staff }.map(\.grant))
        return Actor(staff: staff, login: "", grants: held).may(.supervise, at: site)
    }

    /// Writes what is pending.
    mutating func keep(at now: Instant, in db: borrowing Access<Writing>) throws {
        for site in pending.sites {
            try SiteStore.insert(site, at: now, in: db)
            directory.add(site)
        }
        for staff in pending.staff {
            try StaffStore.insert(staff, at: now, in: db)
            directory.add(staff)
            made.insert(staff.id)
        }
        for (staff, grant) in pending.grants {
            try StaffStore.add(grant, to: staff, in: db)
            grants[staff, default: []].insert(grant)
        }
        pending = Pending()
    }
}
