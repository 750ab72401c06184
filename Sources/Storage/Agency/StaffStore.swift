package import CivilTime
package import CrisisCare
package import SQLite

package struct StaffRecord: Sendable {
    package var id: StaffID
    package var login: String
    package var name: String
    package var retiredAt: Instant?

    package init(id: StaffID, login: String, name: String, retiredAt: Instant? = nil) {
        self.id = id
        self.login = login
        self.name = name
        self.retiredAt = retiredAt
    }
}

package enum StaffStore {
    package static func all<Mode>(in db: borrowing Access<Mode>) throws -> [StaffRecord] {
        try db.all("SELECT id, login, name, retired_at FROM staff ORDER BY login", staff)
    }

    package static func named<Mode>(_ login: String, in db: borrowing Access<Mode>) throws -> StaffRecord? {
        try db.first("SELECT id, login, name, retired_at FROM staff WHERE login = \(login)", staff)
    }

    private static func staff(_ row: borrowing Statement) throws -> StaffRecord {
        StaffRecord(
            id: try row.id(0),
            login: try row.text(1),
            name: try row.text(2),
            retiredAt: try row.optionalInstant(3)
        )
    }

    /// Takes a retirement back.
    package static func reinstate(_ id: StaffID, in db: borrowing Access<Writing>) throws {
        try db.execute("UPDATE staff SET retired_at = NULL WHERE id = \(id)")
    }

    package static func insert(_ staff: StaffRecord, at now: Instant, in db: borrowing Access<Writing>) throws {
        try db.execute(
            """
            INSERT INTO staff (id, login, name, created_at)
            VALUES (\(staff.id), \(staff.login), \(staff.name), \(now))
            """
        )
    }

    package static func rename(_ id: StaffID, to name: String, in db: borrowing Access<Writing>) throws {
        try db.execute("UPDATE staff SET name = \(name) WHERE id = \(id)")
    }

    package static func retire(_ id: StaffID, at instant: Instant?, in db: borrowing Access<Writing>) throws {
        try db.execute("UPDATE staff SET retired_at = \(instant) WHERE id = \(id)")
    }

    package static func grants<Mode>(of id: StaffID, in db: borrowing Access<Mode>) throws -> [RoleGrant] {
        try db.all("SELECT role, site FROM staff_role WHERE staff = \(id)") { row in
            RoleGrant(role: try row.code(0), site: try row.optionalID(1))
        }
    }

    package static func add(_ grant: RoleGrant, to id: StaffID, in db: borrowing Access<Writing>) throws {
        try db.execute(
            """
            INSERT INTO staff_role (staff, role, site) VALUES (\(id), \(grant.role), \(grant.site))
            ON CONFLICT DO NOTHING
            """
        )
    }

    package static func removeGrants(of id: StaffID, in db: borrowing Access<Writing>) throws {
        try db.execute("DELETE FROM staff_role WHERE staff = \(id)")
    }

    package static func activeAdministrators<Mode>(in db: borrowing Access<Mode>) throws -> Int {
        try db.first(
            """
            SELECT count(DISTINCT s.id) FROM staff AS s JOIN staff_role AS r ON r.staff = s.id
            WHERE r.role = 'administrator' AND s.retired_at IS NULL
            """
        ) { try $0.int(0) } ?? 0
    }
}
