package import CivilTime
package import SQLite

package enum HolidayStore {
    package static func all<Mode>(in db: borrowing Access<Mode>) throws -> [(day: CivilDate, name: String)] {
        try db.all("SELECT day, name FROM holiday ORDER BY day") { (try $0.date(0), try $0.text(1)) }
    }

    package static func days<Mode>(in db: borrowing Access<Mode>) throws -> Set<CivilDate> {
        Set(try all(in: db).map(\.day))
    }

    package static func insert(_ day: CivilDate, named name: String, in db: borrowing Access<Writing>) throws {
        try db.execute("INSERT INTO holiday (day, name) VALUES (\(day), \(name))")
    }

    /// - Returns: whether the day was on the list.
    package static func remove(_ day: CivilDate, in db: borrowing Access<Writing>) throws -> Bool {
        try db.execute("DELETE FROM holiday WHERE day = \(day)") > 0
    }
}
