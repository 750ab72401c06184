internal import CrisisCare
internal import SQLite
internal import Storage

/// Holds the roles of everybody on the staff list, and who is retired, beside the audit's entries of both.
///
/// The last entry that names a person's roles says all of them. A role that no entry gave, one that no entry took away,
/// and a login that works again without an entry were made by other means.
enum RoleInspection {
    static func finding(in db: borrowing Access<SQLite.Reading>) throws -> Finding {
        let directory = try Directory.load(in: db)
        let staff = try StaffStore.all(in: db)
        let wrong = try staff.count { person in
            var roles: String?
            var isRetired = false
            try AuditStore.forEachDone(to: person.id.value, in: db) { action, detail in
                if action == StaffAction.retire { isRetired = true }
                guard StaffAction.givingRoles.contains(action), let changed = RecordedDetail(detail) else { return }
                if let given = changed.after("roles") { roles = given }
                if changed.after("retired_at") != nil { isRetired = false }
            }
            let held = StaffListing.words(for: try StaffStore.grants(of: person.id, in: db), directory)
            return held != roles || (person.retiredAt != nil) != isRetired
        }
        guard wrong > 0 else {
            return Finding("roles", .ok, "the roles of \(staff.count) people are those that the audit tells")
        }
        return Finding(
            "roles",
            .error,
            "the roles or retirements of \(wrong) people are not what the audit tells",
            remedy: "Somebody changed the file by other means: hold followup staff list beside followup audit list "
                + "--action staff, and give each the roles that are right: followup staff set. Retire before whoever "
                + "came back without an entry: followup staff retire."
        )
    }
}
