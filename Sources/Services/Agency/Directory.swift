package import CrisisCare
package import SQLite
package import Storage

/// The names by which people call sites, staff, programs and codes, and the records behind them.
package struct Directory: Sendable {
    package private(set) var codes: CodeBook
    package private(set) var policies: PolicyBook
    private var sitesByName: [String: SiteRecord]
    private var staffByLogin: [String: StaffRecord]
    // By the keys' own numbers: each kind of key would cost the start of every list a search for how it is hashed.
    private var siteNames: [Int64: String]
    private var logins: [Int64: String]

    /// - Parameter hasCodes: false leaves the codes out, most of which are towns: for lists that show none.
    package static func load<Mode>(in db: borrowing Access<Mode>, hasCodes: Bool = true) throws -> Directory {
        var directory = Directory(
            codes: hasCodes ? try CodeStore.book(in: db) : CodeBook(),
            policies: try PolicyStore.book(in: db),
            sitesByName: [:],
            staffByLogin: [:],
            siteNames: [:],
            logins: [:]
        )
        for site in try SiteStore.all(in: db) { directory.add(site) }
        for staff in try StaffStore.all(in: db) { directory.add(staff) }
        return directory
    }

    mutating func add(_ site: SiteRecord) {
        sitesByName[site.name] = site
        siteNames[site.id.value] = site.name
    }

    mutating func add(_ staff: StaffRecord) {
        staffByLogin[staff.login] = staff
        logins[staff.id.value] = staff.login
    }

    package func siteName(_ id: SiteID) -> String { siteNames[id.value] ?? "" }
    package func login(_ id: StaffID) -> String { logins[id.value] ?? "" }
    package func site(named name: String) -> SiteRecord? { sitesByName[name] }
    package func staff(login: String) -> StaffRecord? { staffByLogin[login] }
    package var openSites: [String] { sitesByName.values.filter { $0.retiredAt == nil }.map(\.name).sorted() }
    /// The sites of a scope at which cases can be opened.
    package func openSites(in scope: SiteScope) -> [String] {
        sitesByName.values.filter { $0.retiredAt == nil && scope.contains($0.id) }.map(\.name).sorted()
    }

    package var activeLogins: [String] { staffByLogin.values.filter { $0.retiredAt == nil }.map(\.login).sorted() }

    package func requireSite(_ name: String) throws -> SiteRecord {
        if let site = sitesByName[name] { return site }
        throw unknown("site", name, among: openSites, hint: "An administrator adds one: followup site add NAME.")
    }

    package func requireStaff(_ login: String) throws -> StaffRecord {
        if let staff = staffByLogin[login] { return staff }
        throw unknown("login", login, among: activeLogins, hint: "An administrator adds one: followup staff add LOGIN.")
    }

    package func requireProgram(_ name: String) throws -> ProgramID {
        if let program = policies.program(named: name) { return program }
        throw unknown("program", name, among: policies.programs.map(\.name), hint: "See followup policy show.")
    }

    /// A code for a new entry; a retired one is refused.
    package func requireCode(_ text: String, in list: CodeList) throws -> CodeID {
        if let id = codes.id(text, in: list), !codes.isRetired(id) { return id }
        throw unknown(list.name, text, among: codes.texts(of: list), hint: nil)
    }

    private func unknown(_ what: String, _ text: String, among known: [String], hint: String?) -> ServiceError {
        let near = NearMatches.of(text, in: known)
        let offer = near.isEmpty ? (known.count <= 20 ? known : []) : near
        let list = offer.map { "\"\($0)\"" }.joined(separator: ", ")
        let hints = [list.isEmpty ? nil : "Did you mean one of: \(list)?", hint].compactMap(\.self)
        return .notFound(what: "no such \(what)", hint: hints.joined(separator: " "))
    }
}
