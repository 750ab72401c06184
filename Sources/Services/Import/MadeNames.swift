internal import CrisisCare
internal import SQLite
internal import Storage

extension ImportNames {
    /// Lets only an administrator keep sites and staff that an import made, and leaves the entries that adding each of
    /// them by hand would.
    ///
    /// Called when all rows were looked at: the refusal says how many are missing, and a person has all of his roles.
    func settleMade(_ change: inout Change, in db: borrowing Access<Writing>) throws {
        guard !madeSites.isEmpty || !madeStaff.isEmpty else { return }
        guard !change.actor.scope(of: .administer).isEmpty else { throw refusal }
        for site in madeSites { try change.audit(SiteAction.add, record: site.id.value, in: db) }
        for staff in madeStaff {
            var detail = AuditDetail()
            detail.add("roles", from: nil, to: StaffListing.words(for: Array(grants[staff.id] ?? []), directory))
            try change.audit(StaffAction.add, record: staff.id.value, detail: detail.json, in: db)
        }
    }

    private var refusal: RuleViolation {
        let logins = Self.count(madeStaff.count, "login")
        let sites = Self.count(madeSites.count, "site")
        let what = [logins, sites].compactMap(\.self).joined(separator: " and ")
        return RuleViolation(
            .notPermitted,
            "the files name \(what) not on record, which only an administrator adds; nothing was imported",
            remedy:
                "Without --create-missing, followup import FOLDER --dry-run names them. An administrator adds them "
                + "(followup staff add LOGIN, followup site add NAME), or, being a supervisor too, imports with "
                + "--create-missing."
        )
    }

    private static func count(_ number: Int, _ noun: String) -> String? {
        number == 0 ? nil : "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
