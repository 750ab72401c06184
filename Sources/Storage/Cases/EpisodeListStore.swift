package import CivilTime
package import CrisisCare
package import SQLite

/// An episode with what a list shows of it besides its own row.
package struct ListedEpisode: Sendable {
    package var record: EpisodeRecord
    package var clientName: String
    /// Open deadlines whose due instant has passed.
    package var overdue: Int
}

/// What a list of episodes is narrowed to; `nil` does not narrow.
package struct EpisodeNarrowing: Sendable {
    /// Which index a list is read from: its cost follows the episodes of that kind alone.
    package enum Kind: Sendable {
        case open
        case all
        /// Warm transfers of which nothing, or nothing that is still true, was told back. Closed ones are among them.
        case dispositionOwed
    }

    package var kind = Kind.open
    package var clinician: StaffID?
    package var site: SiteID?
    package var program: ProgramID?
    package var calledFrom = Instant.distantPast
    package var calledBefore = Instant.distantFuture
    /// Only those behind this place in the order of the list: the call, then the case number.
    package var after: (call: Instant, number: CaseNumber)?
    package var traits: [EpisodeTrait] = []
    /// Of what is owed, only cases that are not discharged.
    package var openOnly = false

    package init() {}

    /// Whether an episode is one of the people and programs that are asked for, and behind the place.
    package func admits(_ record: EpisodeRecord) -> Bool {
        (clinician.map { $0 == record.clinician } ?? true) && (site.map { $0 == record.site } ?? true)
            && (program.map { $0 == record.program } ?? true)
            && (after.map { ($0.call, $0.number) < (record.callReceivedAt, record.caseNumber) } ?? true)
    }
}

/// Lists of episodes as they stand now, by the time of the call, then by case number.
///
/// What the rules give is read as it is stored (`CaseStanding`, deadlines), so that a list costs what it lists: for
/// open cases the partial indexes over them, whatever the archive holds. A test asserts the query plans.
package enum EpisodeListStore {
    /// Calls `body` on each; traits narrow as far as the stored row can tell, and `EpisodeTrait` has the last word.
    package static func forEach<Mode>(
        _ narrowing: EpisodeNarrowing,
        now: Instant,
        in zone: Zone,
        limit: Int?,
        in db: borrowing Access<Mode>,
        _ body: (ListedEpisode) throws -> Void
    ) throws {
        try db.forEach(statement(narrowing, now: now, in: zone, limit: limit)) { row in
            try body(
                ListedEpisode(
                    record: try EpisodeStore.episode(row),
                    clientName: ClientRecord.displayName(last: try row.text(40), first: try row.text(41)),
                    overdue: try row.int(42)
                )
            )
        }
    }

    package static func statement(_ narrowing: EpisodeNarrowing, now: Instant, in zone: Zone, limit: Int?) -> SQL {
        let conditions = conditions(narrowing, now: now, in: zone)
        let before: SQL = "e.call_received_at < \(narrowing.calledBefore)"
        // The plus sign keeps the deadlines of one episode from being looked for among those of all.
        let select: SQL = """
            SELECT \(EpisodeStore.columns), p.last_name, p.first_name,
                (SELECT count(*) FROM deadline AS d WHERE d.episode = e.id AND +d.due_at < \(now))
            """
        let order: SQL = "ORDER BY e.call_received_at, e.case_order\(cut(limit))"
        guard let limit, isReadBySite(narrowing) else {
            return """
                \(select)
                FROM episode AS e \(source(narrowing)) JOIN client AS p ON p.id = e.client
                WHERE \(conditions) AND \(before)
                \(order)
                """
        }
        return """
            \(select)
            FROM site AS s CROSS JOIN episode AS e \(source(narrowing)) JOIN client AS p ON p.id = e.client
            WHERE e.site = s.id AND \(conditions) AND e.call_received_at <= coalesce(
                (
                    SELECT e.call_received_at FROM episode AS e \(source(narrowing))
                    WHERE e.site = s.id AND \(conditions) AND \(before)
                    ORDER BY e.call_received_at LIMIT 1 OFFSET \(limit - 1)
                ),
                \(narrowing.calledBefore.adding(seconds: -1))
            )
            \(order)
            """
    }

    private static func conditions(_ narrowing: EpisodeNarrowing, now: Instant, in zone: Zone) -> SQL {
        """
        \(condition(narrowing.kind))\(openness(narrowing)) AND e.call_received_at >= \(narrowing.calledFrom)\
        \(people(narrowing))\(place(narrowing))\(traits(narrowing.traits, now: now, in: zone))
        """
    }

    /// The index over open episodes has them site by site. The first of all sites are among the first of each: a list
    /// that is cut reads each site as far as the last of its first few, and not to its end.
    private static func isReadBySite(_ narrowing: EpisodeNarrowing) -> Bool {
        guard case .open = narrowing.kind else { return false }
        return narrowing.clinician == nil && narrowing.site == nil && narrowing.traits.isEmpty
    }

    private static func source(_ narrowing: EpisodeNarrowing) -> SQL {
        switch narrowing.kind {
        case .open: narrowing.clinician == nil ? "INDEXED BY episode_open" : "INDEXED BY episode_open_of_clinician"
        case .all: "INDEXED BY episode_by_call"
        case .dispositionOwed: "INDEXED BY episode_disposition_owed"
        }
    }

    private static func condition(_ kind: EpisodeNarrowing.Kind) -> SQL {
        switch kind {
        case .open: "e.discharged_at IS NULL AND e.voided_at IS NULL"
        case .all: "e.voided_at IS NULL"
        case .dispositionOwed:
            // The rest of the condition is the index's own; before there is a response nothing can be told.
            """
            e.disposition_returned_at IS NULL AND e.voided_at IS NULL
            AND (e.transfer_from <> '' OR e.transfer_ref <> '')
            AND (
                e.arrived_at IS NOT NULL OR e.discharged_at IS NOT NULL OR e.response_mode = 'non-mobile (phone)'
            )
            """
        }
    }

    private static func openness(_ narrowing: EpisodeNarrowing) -> SQL {
        narrowing.openOnly ? " AND e.discharged_at IS NULL" : ""
    }

    private static func people(_ narrowing: EpisodeNarrowing) -> SQL {
        let clinician: SQL = narrowing.clinician.map { " AND e.clinician = \($0)" } ?? ""
        let site: SQL = narrowing.site.map { " AND e.site = \($0)" } ?? ""
        let program: SQL = narrowing.program.map { " AND e.program = \($0)" } ?? ""
        return "\(clinician)\(site)\(program)"
    }

    private static func place(_ narrowing: EpisodeNarrowing) -> SQL {
        narrowing.after.map { " AND (e.call_received_at, e.case_order) > (\($0.call), \($0.number))" } ?? ""
    }

    private static func traits(_ traits: [EpisodeTrait], now: Instant, in zone: Zone) -> SQL {
        traits.reduce("") { sql, trait in "\(sql)\(condition(trait, now: now, in: zone))" }
    }

    private static func condition(_ trait: EpisodeTrait, now: Instant, in zone: Zone) -> SQL {
        switch trait {
        case .closingSoon(let days):
            """
             AND EXISTS (
                SELECT 1 FROM deadline AS c
                WHERE c.episode = e.id AND c.kind = 'close'
                    AND +c.due_at < \(EpisodeTrait.end(days: days, after: now, in: zone))
            )
            """
        case .noContact:
            " AND e.last_contact_at IS NULL"
        case .noPlan:
            """
             AND NOT EXISTS (SELECT 1 FROM safety_plan AS s WHERE s.episode = e.id)
             AND NOT EXISTS (SELECT 1 FROM plan_decline AS f WHERE f.episode = e.id AND f.voided_at IS NULL)
            """
        case .waitingOnReferral:
            " AND EXISTS (SELECT 1 FROM referral AS r WHERE r.episode = e.id AND r.voided_at IS NULL)"
        case .extended:
            " AND EXISTS (SELECT 1 FROM window_extension AS w WHERE w.episode = e.id AND w.voided_at IS NULL)"
        case .unableToReach:
            " AND e.attempts > 0"
        }
    }

    private static func cut(_ limit: Int?) -> SQL {
        limit.map { " LIMIT \($0)" } ?? ""
    }
}

extension EpisodeStore {
    /// The sites of a client's episodes: of those that stand, or where none does, of the voided ones.
    package static func sites<Mode>(of client: ClientID, in db: borrowing Access<Mode>) throws -> Set<SiteID> {
        Set(
            try db.all(
                """
                SELECT DISTINCT site FROM episode WHERE client = \(client) AND (
                    voided_at IS NULL
                    OR NOT EXISTS (SELECT 1 FROM episode AS s WHERE s.client = \(client) AND s.voided_at IS NULL)
                )
                """
            ) { try $0.id(0) }
        )
    }
}
