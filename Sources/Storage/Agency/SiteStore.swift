package import CivilTime
package import CrisisCare
package import SQLite

package struct SiteRecord: Sendable {
    package var id: SiteID
    package var name: String
    package var retiredAt: Instant?

    package init(id: SiteID, name: String, retiredAt: Instant? = nil) {
        self.id = id
        self.name = name
        self.retiredAt = retiredAt
    }
}

package enum SiteStore {
    package static func all<Mode>(in db: borrowing Access<Mode>) throws -> [SiteRecord] {
        try db.all("SELECT id, name, retired_at FROM site ORDER BY name", site)
    }

    package static func named<Mode>(_ name: String, in db: borrowing Access<Mode>) throws -> SiteRecord? {
        try db.first("SELECT id, name, retired_at FROM site WHERE name = \(name)", site)
    }

    package static func find<Mode>(_ id: SiteID, in db: borrowing Access<Mode>) throws -> SiteRecord? {
        try db.first("SELECT id, name, retired_at FROM site WHERE id = \(id)", site)
    }

    private static func site(_ row: borrowing Statement) throws -> SiteRecord {
        SiteRecord(id: try row.id(0), name: try row.text(1), retiredAt: try row.optionalInstant(2))
    }

    package static func insert(_ site: SiteRecord, at now: Instant, in db: borrowing Access<Writing>) throws {
        try db.execute("INSERT INTO site (id, name, created_at) VALUES (\(site.id), \(site.name), \(now))")
    }

    package static func towns<Mode>(of site: SiteID, in db: borrowing Access<Mode>) throws -> [String] {
        try db.all(
            """
            SELECT c.code FROM site_town AS t JOIN code AS c ON c.id = t.town
            WHERE t.site = \(site) ORDER BY c.code
            """
        ) { try $0.text(0) }
    }

    /// The sites that answer calls from a town, by name.
    package static func sites<Mode>(of town: CodeID, in db: borrowing Access<Mode>) throws -> [SiteRecord] {
        try db.all(
            """
            SELECT s.id, s.name, s.retired_at FROM site_town AS t JOIN site AS s ON s.id = t.site
            WHERE t.town = \(town) AND s.retired_at IS NULL ORDER BY s.name
            """,
            site
        )
    }

    package static func setTowns(_ towns: [CodeID], of site: SiteID, in db: borrowing Access<Writing>) throws {
        try db.execute("DELETE FROM site_town WHERE site = \(site)")
        for town in towns {
            try db.execute("INSERT INTO site_town (site, town) VALUES (\(site), \(town)) ON CONFLICT DO NOTHING")
        }
    }
}
