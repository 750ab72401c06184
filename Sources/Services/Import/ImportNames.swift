internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

/// Sites and staff of an import by name: those on record, and those that it makes on request.
///
/// What a row needs is pending until its case is kept, so that a refused row leaves no ghost behind.
struct ImportNames: Sendable {
    private(set) var directory: Directory
    private let createsMissing: Bool
    private(set) var grants: [StaffID: Set<RoleGrant>] = [:]
    private var made: Set<StaffID> = []
    /// What the import made so far, in this order.
    private(set) var madeSites: [SiteRecord] = []
    private(set) var madeStaff: [StaffRecord] = []
    private(set) var pending = Pending()

    struct Pending: Sendable {
        fileprivate(set) var sites: [SiteRecord] = []
        fileprivate(set) var staff: [StaffRecord] = []
        fileprivate var uses: [Use] = []
    }

    /// What a row needs of a person whom this import makes.
    fileprivate struct Use: Sendable {
        let staff: StaffID
        let grant: RoleGrant
        let file: CaseloadFile
        let line: Int
    }

    init(_ directory: Directory, createsMissing: Bool) {
        self.directory = directory
        self.createsMissing = createsMissing
    }

    /// Forgets what was pending since an earlier state.
    mutating func restore(_ earlier: Pending) {
        pending = earlier
    }

    /// Forgets what only refused rows of the case needed: they make nobody, and give nobody a role.
    mutating func forget(_ refused: [CaseloadRow]) {
        guard !refused.isEmpty else { return }
        pending.uses.removeAll { use in refused.contains { $0.file == use.file && $0.line == use.line } }
        let needed = Set(pending.uses.map(\.staff))
        pending.staff.removeAll { !needed.contains($0.id) }
    }

    /// The sites and logins of rows that are neither on record nor to be made, whatever else is wrong with the rows.
    func unknown(in rows: [RowCells]) -> (sites: [String], logins: [String]) {
        guard !createsMissing else { return ([], []) }
        var sites: [String] = []
        var logins: [String] = []
        for cells in rows {
            for column in cells.row.file.columns {
                guard let name = cells.optionalText(column) else { continue }
                switch column {
                case "site" where directory.site(named: name) == nil: sites.append(name)
                case "clinician", "author", "approved_by":
                    if directory.staff(login: name) == nil { logins.append(name) }
                default: break
                }
            }
        }
        return (sites, logins)
    }

    mutating func site(_ cells: RowCells, _ change: inout Change) throws -> SiteID {
        let name = try cells.requiredText("site")
        if let site = directory.site(named: name) ?? pending.sites.first(where: { $0.name == name }) { return site.id }
        guard createsMissing else {
            throw BadCell(column: "site", problem: "is no site on record; --create-missing makes it")
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
        let id: StaffID
        if let staff = directory.staff(login: login) {
            guard made.contains(staff.id) else { return staff.id }
            id = staff.id
        } else if let staff = pending.staff.first(where: { $0.login == login }) {
            id = staff.id
        } else {
            guard createsMissing else {
                throw BadCell(column: column, problem: "is no login on record; --create-missing makes it")
            }
            id = StaffID(change.keys.next())
            pending.staff.append(StaffRecord(id: id, login: login, name: ""))
        }
        let grant = RoleGrant(role: role, site: site)
        pending.uses.append(Use(staff: id, grant: grant, file: cells.row.file, line: cells.row.line))
        return id
    }

    mutating func isSupervisor(_ staff: StaffID, at site: SiteID, in db: borrowing Access<Reading>) throws -> Bool {
        if grants[staff] == nil { grants[staff] = Set(try StaffStore.grants(of: staff, in: db)) }
        let held = (grants[staff] ?? []).union(pending.uses.filter { $0.staff == staff }.map(\.grant))
        return Actor(staff: staff, login: "", grants: Array(held)).may(.supervise, at: site)
    }

    /// Takes what is pending as made, and gives what is new of it, to be written with the case that needs it.
    mutating func settle() -> NewNames {
        for site in pending.sites { directory.add(site) }
        for staff in pending.staff {
            directory.add(staff)
            made.insert(staff.id)
        }
        var new = NewNames(sites: pending.sites, staff: pending.staff)
        for use in pending.uses where grants[use.staff, default: []].insert(use.grant).inserted {
            new.grants.append((use.staff, use.grant))
        }
        madeSites += new.sites
        madeStaff += new.staff
        pending = Pending()
        return new
    }
}

/// Sites, staff and roles that the rows of a case need and nobody had made before.
struct NewNames: Sendable {
    var sites: [SiteRecord] = []
    var staff: [StaffRecord] = []
    var grants: [(staff: StaffID, grant: RoleGrant)] = []

    func write(at now: Instant, in db: borrowing Access<Writing>) throws {
        for site in sites { try SiteStore.insert(site, at: now, in: db) }
        for staff in staff { try StaffStore.insert(staff, at: now, in: db) }
        for (staff, grant) in grants { try StaffStore.add(grant, to: staff, in: db) }
    }
}
