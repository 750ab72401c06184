internal import CivilTime
internal import CrisisCare
internal import SQLite
package import Storage

/// A line of the site list.
package struct SiteListing: Sendable {
    package let name: String
    package let towns: [String]
    package let isRetired: Bool
}

/// What the audit calls it, by hand and in an import.
enum SiteAction {
    static let add = "site add"
}

extension Session {
    package borrowing func addSite(named name: String, towns: [String], isDryRun: Bool = false) throws {
        try change(SiteAction.add, needing: .administer, isDryRun: isDryRun) { change, db in
            try NewName.site.check(name, among: try SiteStore.all(in: db).map(\.name))
            let site = SiteRecord(id: SiteID(change.keys.next()), name: name)
            try SiteStore.insert(site, at: change.now, in: db)
            let directory = try Directory.load(in: db)
            try SiteStore.setTowns(try towns.map { try directory.requireCode($0, in: .town) }, of: site.id, in: db)
            try change.audit(record: site.id.value, in: db)
        }
    }

    /// Sets the towns whose calls a site answers; they replace the ones before.
    package borrowing func setTowns(_ towns: [String], ofSite name: String, isDryRun: Bool = false) throws {
        try change("site towns", needing: .administer, isDryRun: isDryRun) { change, db in
            let directory = try Directory.load(in: db)
            let site = try directory.requireSite(name)
            let codes = try towns.map { try directory.requireCode($0, in: .town) }
            var detail = AuditDetail()
            let old = try SiteStore.towns(of: site.id, in: db)
            detail.add("towns", from: old.joined(separator: ", "), to: towns.sorted().joined(separator: ", "))
            try SiteStore.setTowns(codes, of: site.id, in: db)
            try change.audit(record: site.id.value, detail: detail.json, in: db)
        }
    }

    package borrowing func siteList() throws -> [SiteListing] {
        try read("site list", needing: .readFigures) { db in
            try SiteStore.all(in: db).map { site in
                SiteListing(
                    name: site.name,
                    towns: try SiteStore.towns(of: site.id, in: db),
                    isRetired: site.retiredAt != nil
                )
            }
        }
    }

    package borrowing func policyList() throws -> PolicyBook {
        try read("policy show", needing: .readFigures) { db in try PolicyStore.book(in: db) }
    }

    /// Sites, staff, programs and codes by name, for what a command offers and completes.
    package borrowing func directory() throws -> Directory {
        try read("look up names", needing: .readFigures) { db in try Directory.load(in: db) }
    }
}
