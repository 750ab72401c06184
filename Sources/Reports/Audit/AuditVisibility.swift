internal import CrisisCare
internal import Storage

/// Whose eyes the details of an audit entry are for: before and after of a change may be a name or a reason.
///
/// Those of a case are for who may read cases at its site. Those without a case, such as a client's corrected name, are
/// for who may read cases at every site; what was done to staff, sites and settings is for administrators as well.
struct AuditVisibility {
    private let actor: Actor
    private let readsEverywhere: Bool
    private let administers: Bool

    /// The first words of the actions whose details hold nothing of a client.
    private static let administration: Set<Substring> = [
        "init", "migrate", "staff", "site", "holiday", "policy", "code", "backup", "restore",
    ]

    init(_ actor: Actor) {
        self.actor = actor
        readsEverywhere = actor.scope(of: .readCases) == .all
        administers = !actor.scope(of: .administer).isEmpty
    }

    func showsDetail(of row: AuditRow) -> Bool {
        if let site = row.site { return actor.may(.readCases, at: site) }
        let isOfCase = row.stored.entry.episode != nil
        let noun = row.stored.entry.action.prefix { $0 != " " }
        return readsEverywhere || !isOfCase && administers && Self.administration.contains(noun)
    }
}
