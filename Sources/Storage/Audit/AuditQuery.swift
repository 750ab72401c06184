package import CivilTime
package import CrisisCare
package import SQLite

/// Which entries of the audit are read; `nil` does not narrow.
package struct AuditFilter: Sendable {
    package var episode: EpisodeID?
    /// Clients whose own entries are admitted besides those of the episode: its client, and who was merged into it.
    package var clients: [ClientID] = []
    package var login: String?
    /// A whole action, or the noun with which it begins: `visit` admits `visit log`.
    package var action: String?
    /// A whole outcome, or its first word: `refused` admits `refused: window-closed`.
    package var outcome: String?
    package var since: Instant?
    /// The first instant that is too late.
    package var before: Instant?
    package var limit: Int?
    /// From the oldest to the newest; else the newest comes first.
    package var isOldestFirst = false
    /// The sites at which the reader may look into the audit.
    package var scope = SiteScope.all

    package init() {}
}

/// An entry with what is known of its case.
package struct AuditRow: Sendable {
    package var stored: StoredAuditEntry
    package var caseNumber: CaseNumber?
    package var site: SiteID?
    package var isPart2 = false
}

extension AuditStore {
    /// The entries that a filter admits.
    ///
    /// Under a scope of some sites: those of a case at one of them, of a client who has one there, and those without a
    /// case of people who have a role at one of them.
    package static func forEach<Mode>(
        _ filter: AuditFilter,
        in db: borrowing Access<Mode>,
        _ body: (AuditRow) throws -> Void
    ) throws {
        try db.forEach(statement(filter)) { row in try body(try listed(row)) }
    }

    /// What `listed` reads: an entry, and what is known of its case.
    static let listedColumns: SQL = "\(columns), e.case_order, e.site, e.part2"

    static func listed(_ row: borrowing Statement) throws -> AuditRow {
        AuditRow(
            stored: try stored(row),
            caseNumber: try row.optionalInt64(columnsEnd).map(CaseNumber.init(order:)),
            site: try row.optionalID(columnsEnd + 1),
            isPart2: try row.isNull(columnsEnd + 2) ? false : row.bool(columnsEnd + 2)
        )
    }

    package static func statement(_ filter: AuditFilter) -> SQL {
        let order: SQL = filter.isOldestFirst ? "ASC" : "DESC"
        let limit: SQL = filter.limit.map { " LIMIT \($0)" } ?? ""
        return """
            SELECT \(listedColumns)
            FROM audit AS a LEFT JOIN episode AS e ON e.id = a.episode
            WHERE 1\(narrowing(filter))\(narrowing(to: filter.scope))
            ORDER BY a.seq \(order)\(limit)
            """
    }

    private static func narrowing(_ filter: AuditFilter) -> SQL {
        let episode: SQL = filter.episode.map { " AND (a.episode = \($0)\(naming(filter.clients)))" } ?? ""
        let login: SQL = filter.login.map { " AND a.login = \($0)" } ?? ""
        let action: SQL =
            filter.action.map {
                " AND (a.action = \($0) OR substr(a.action, 1, length(\($0)) + 1) = \($0 + " "))"
            } ?? ""
        let outcome: SQL =
            filter.outcome.map {
                " AND (a.outcome = \($0) OR substr(a.outcome, 1, length(\($0)) + 1) = \($0 + ":"))"
            } ?? ""
        let since: SQL = filter.since.map { " AND a.at >= \($0)" } ?? ""
        let before: SQL = filter.before.map { " AND a.at < \($0)" } ?? ""
        return "\(episode)\(login)\(action)\(outcome)\(since)\(before)"
    }

    private static func naming(_ clients: [ClientID]) -> SQL {
        var words: SQL = ""
        for client in clients { words = "\(words) OR a.episode IS NULL AND a.record = \(client)" }
        return words
    }

    /// Whether anything was done, or tried, under a login.
    package static func hasEntries<Mode>(of login: String, in db: borrowing Access<Mode>) throws -> Bool {
        try db.first("SELECT 1 FROM audit WHERE login = \(login) LIMIT 1") { try $0.int(0) } != nil
    }

    private static func narrowing(to scope: SiteScope) -> SQL {
        guard case .some(let sites) = scope else { return "" }
        var ofCase: SQL = "0"
        var ofActor: SQL = "0"
        var ofClient: SQL = "0"
        for site in sites {
            ofCase = "\(ofCase) OR e.site = \(site)"
            ofActor = "\(ofActor) OR r.site = \(site)"
            ofClient = "\(ofClient) OR c.site = \(site)"
        }
        return """
             AND (\(ofCase) OR a.episode IS NULL AND (
                EXISTS (SELECT 1 FROM staff_role AS r WHERE r.staff = a.actor AND (\(ofActor)))
                OR EXISTS (
                    SELECT 1 FROM episode AS c WHERE c.client = a.record AND c.voided_at IS NULL AND (\(ofClient))
                )
            ))
            """
    }
}
