internal import CrisisCare
internal import SQLite
internal import Storage

/// Whose eyes the details of an audit entry are for: before and after of a change may be a name or a reason.
///
/// Those of a case are for who may read cases at its site, those of a client, such as a corrected name, for who may read
/// one of the client's cases. Those of neither are for who may read cases at every site; what was done to staff, sites and settings is for administrators as well.
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

    func showsDetail(of row: AuditRow, in db: borrowing Access<Reading>) throws -> Bool {
        if let site = row.site { return actor.may(.readCases, at: site) }
        let isOfCase = row.stored.entry.episode != nil
        let noun = row.stored.entry.action.prefix { $0 != " " }
        if readsEverywhere || isOfCase { return readsEverywhere }
        if Self.administration.contains(noun) { return administers }
        guard let record = row.stored.entry.record else { return false }
        let client = try ClientMergeStore.standing(for: ClientID(record), in: db)
        return try EpisodeStore.sites(of: client, in: db).contains { actor.may(.readCases, at: $0) }
    }
}
