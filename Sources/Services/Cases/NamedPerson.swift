internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

/// Somebody whom another person names for a case, by login.
///
/// One rule for all of them: it is a clinician or supervisor of the case's site, who works there now. A visit alone may
/// be that of somebody who was retired after it: the roles outlast the retirement. An import, which brings history, is
/// not bound by it.
struct NamedPerson {
    /// What somebody is named for.
    enum Part {
        case having
        case visit(at: Instant)
        case asking

        fileprivate var words: String {
            switch self {
            case .having: "who is to have the case"
            case .visit: "who is said to have made the visit"
            case .asking: "who is said to have asked for the extension"
            }
        }
    }

    let staff: StaffRecord
    private let person: Actor

    init(_ login: String, _ directory: Directory, in db: borrowing Access<Writing>) throws {
        staff = try directory.requireStaff(login)
        person = Actor(staff: staff.id, login: staff.login, grants: try StaffStore.grants(of: staff.id, in: db))
    }

    /// The person's key, if the person may have that part in a case of the site.
    static func id(
        _ login: String,
        as part: Part,
        at site: SiteID,
        _ directory: Directory,
        in db: borrowing Access<Writing>
    ) throws -> StaffID {
        let named = try NamedPerson(login, directory, in: db)
        try named.requireWorking(as: part)
        try named.require(at: site, as: part)
        return named.staff.id
    }

    /// Refuses whoever has left; for a visit, whoever had left before it.
    func requireWorking(as part: Part) throws(RuleViolation) {
        guard let retiredAt = staff.retiredAt else { return }
        if case .visit(let at) = part, at < retiredAt { return }
        throw RuleViolation(
            .notPermitted,
            "the login of the one \(part.words) is retired",
            remedy: "Name somebody who works here: followup staff list."
        )
    }

    /// Refuses whoever does not work with the cases of a site.
    func require(at site: SiteID, as part: Part) throws(RuleViolation) {
        guard !person.may(.writeCases, at: site) else { return }
        throw RuleViolation(
            .notPermitted,
            "\(part.words) does not work at the case's site",
            remedy: "Name a clinician or supervisor of the site, or ask an administrator: followup staff set LOGIN."
        )
    }
}
