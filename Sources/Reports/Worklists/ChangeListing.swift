package import CivilTime
internal import CrisisCare
internal import SQLite
package import Services
internal import Storage

/// Which changes `changes` lists.
package struct ChangeQuery: Sendable {
    package var since: Instant
    /// Only what this login did.
    package var actor: String?
    /// Only what was done to this case.
    package var caseText: String?
    package var limit: Int?

    package init(since: Instant) {
        self.since = since
    }
}

extension Session {
    package static var changeColumns: [Column] {
        [
            Column("at", "When"), Column("by", "By"), Column("change", "Change"), Column("case_number", "Case"),
            Column("fields", "Fields"),
        ]
    }

    /// What was changed since an instant, the latest first, as the audit has it.
    ///
    /// It names fields and shows no value, whoever asks: what a case holds is read from the case. Changes of a case are
    /// shown to who may read it, of a client to who may read a case of theirs; changes of staff, sites, policies, codes
    /// and holidays to administrators, and of whole imports to who reads the cases of every site.
    package borrowing func changes(_ query: ChangeQuery) throws -> Listing {
        // One case is read by who may read it.
        let permission = query.caseText == nil ? Permission.readChanges : .readCases
        return try read("changes", needing: permission, of: query.caseText) { db in
            let directory = try Directory.load(in: db, hasCodes: false)
            let by = try query.actor.map { try directory.requireStaff($0).id }
            let number = try query.caseText.map { try CaseFinder.readable($0, by: actor, in: db).caseNumber }
            let scope = actor.scope(of: .readCases)
            let administers = !actor.scope(of: .administer).isEmpty
            var listing = Listing(columns: Self.changeColumns)
            if query.limit == 0 { return listing }
            try AuditStore.forEach(doneSince: query.since, in: db) { row in
                let entry = row.stored.entry
                guard let change = RecordedChange(entry), by.map({ $0 == entry.actor }) ?? true,
                    number.map({ $0 == row.caseNumber }) ?? true
                else { return true }
                let isSeen =
                    if let site = row.site {
                        scope.contains(site)
                    } else if change.isAdministration {
                        administers
                    } else if change.isOfClient, let client = entry.record {
                        try scope == .all
                            || EpisodeStore.sites(of: ClientID(client), in: db).contains(where: scope.contains)
                    } else {
                        scope == .all
                    }
                guard isSeen else { return true }
                listing.append([
                    .instant(entry.at), .text(entry.login), .code(change.action),
                    .ifPresent(row.caseNumber) { .code($0.description) },
                    change.fields.isEmpty ? .null : .code(change.fields.joined(separator: ", ")),
                ])
                return query.limit.map { listing.rows.count < $0 } ?? true
            }
            return listing
        }
    }
}
