package import CivilTime
package import SQLite

/// The one agency whose records the database holds.
package struct AgencyRecord: Sendable {
    package var name: String
    package var zone: String
    package var createdAt: Instant

    package init(name: String, zone: String, createdAt: Instant) {
        self.name = name
        self.zone = zone
        self.createdAt = createdAt
    }
}

package enum AgencyStore {
    package static func find<Mode>(in db: borrowing Access<Mode>) throws -> AgencyRecord? {
        try db.first("SELECT name, zone, created_at FROM agency") {
            AgencyRecord(name: try $0.text(0), zone: try $0.text(1), createdAt: try $0.instant(2))
        }
    }

    package static func insert(_ agency: AgencyRecord, in db: borrowing Access<Writing>) throws {
        try db.execute(
            """
            INSERT INTO agency (id, name, zone, created_at)
            VALUES (1, \(agency.name), \(agency.zone), \(agency.createdAt))
            """
        )
    }
}
