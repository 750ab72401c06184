internal import CivilTime
internal import CrisisCare
internal import SQLite
package import Services
internal import Storage

/// What `caseload` is narrowed to, by the names that people use.
package struct CaseloadQuery: Sendable {
    package var site: String?
    package var program: String?

    package init() {}
}

/// What each clinician has in hand now: one line for each who holds an open case or could be given one.
private struct ClinicianCaseload {
    static let columns = [
        Column("clinician", "Clinician"), Column("open_cases", "Open cases", .trailing),
        Column("overdue", "Overdue", .trailing), Column("cases_overdue", "Cases overdue", .trailing),
        Column("closing_soon", "Closing in 7 days", .trailing), Column("no_contact", "No contact yet", .trailing),
        Column("contacts_this_week", "Contacts this week", .trailing),
        Column("attempts_this_week", "Attempts this week", .trailing),
    ]

    /// As many days ahead as `today` looks.
    static let soon = EpisodeTrait.closingSoon(days: 7)

    var open = 0
    var overdue = 0
    var casesOverdue = 0
    var closingSoon = 0
    var noContact = 0
    var contacts = 0
    var attempts = 0

    func cells(_ login: String) -> [Cell] {
        [.code(login)] + [open, overdue, casesOverdue, closingSoon, noContact, contacts, attempts].map(Cell.int)
    }
}

extension Session {
    /// Open cases, what is overdue in them, and contacts since Monday, for each clinician of the person's sites.
    ///
    /// The week is the agency's, from Monday 00:00. Visits count in cases that are open now, for who made them.
    package borrowing func clinicianCaseload(_ query: CaseloadQuery) throws -> Listing {
        try read("caseload", needing: .readCases) { db in
            let directory = try Directory.load(in: db, hasCodes: false)
            var narrowing = EpisodeNarrowing()
            narrowing.site = try query.site.map { try directory.requireSite($0).id }
            narrowing.program = try query.program.map { try directory.requireProgram($0) }
            let scope = actor.scope(of: .readCases)
            var loads: [StaffID: ClinicianCaseload] = [:]
            for staff in try StaffStore.all(in: db) where staff.retiredAt == nil {
                let grants = try StaffStore.grants(of: staff.id, in: db)
                let isTheirs = grants.contains { grant in
                    grant.role == .clinician && isWithin(grant.site, scope, narrowing.site)
                }
                if isTheirs { loads[staff.id] = ClinicianCaseload() }
            }
            let monday = zone.startOfDay(today.adding(days: 1 - today.weekday))
            for part in narrowing.parts(within: scope) {
                try EpisodeListStore.forEach(part, now: now, in: zone, limit: nil, in: db) { row in
                    loads[row.record.clinician, default: ClinicianCaseload()].add(row)
                }
                var soon = part
                soon.traits = [ClinicianCaseload.soon]
                try EpisodeListStore.forEach(soon, now: now, in: zone, limit: nil, in: db) { row in
                    loads[row.record.clinician, default: ClinicianCaseload()].closingSoon += 1
                }
                for visit in try ClinicianLoadStore.visits(since: monday, at: part.site, in: db)
                where part.program.map({ $0 == visit.program }) ?? true {
                    loads[visit.clinician, default: ClinicianCaseload()].add(visit)
                }
            }
            let rows = loads.map { (directory.login($0.key), $0.value) }
                .sorted { (-$0.1.overdue, -$0.1.open, $0.0) < (-$1.1.overdue, -$1.1.open, $1.0) }
            return Listing(columns: ClinicianCaseload.columns, rows: rows.map { $0.1.cells($0.0) })
        }
    }

    /// Whether a role at a site, or at all of them, is about what is listed.
    private borrowing func isWithin(_ site: SiteID?, _ scope: SiteScope, _ only: SiteID?) -> Bool {
        guard let site else { return true }
        return scope.contains(site) && (only.map { $0 == site } ?? true)
    }
}

extension ClinicianCaseload {
    fileprivate mutating func add(_ row: ListedEpisode) {
        open += 1
        overdue += row.overdue
        if row.overdue > 0 { casesOverdue += 1 }
        if row.record.standing.lastContactAt == nil { noContact += 1 }
    }

    fileprivate mutating func add(_ visit: RecentVisit) {
        if let response = visit.response, visit.visit.isContact(since: response) { contacts += 1 }
        if visit.visit.isAttempt { attempts += 1 }
    }
}
