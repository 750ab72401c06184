package import CivilTime
package import CrisisCare
package import SQLite

/// A completed or attempted visit in an open case, with what tells whether it was a contact.
package struct RecentVisit: Sendable {
    package var visit: Visit
    package var clinician: StaffID
    package var site: SiteID
    package var program: ProgramID
    /// From which instant a completed visit with the family is a contact; `nil` before any response.
    package var response: Instant?
}

/// What the people of a team have in hand. Each list is read from an index over open rows, at their cost alone.
package enum ClinicianLoadStore {
    /// The visits since an instant in cases that are open now, of one site or of all; voided ones are left out.
    ///
    /// An open case without a contact or attempt since then is passed over by what its own row says of them.
    package static func visits<Mode>(
        since start: Instant,
        at site: SiteID?,
        in db: borrowing Access<Mode>
    ) throws -> [RecentVisit] {
        try db.all(visitStatement(since: start, at: site)) { row in
            let mode: ResponseMode = try row.code(9)
            return RecentVisit(
                visit: Visit(
                    id: try row.id(0),
                    at: try row.instant(1),
                    mode: try row.code(2),
                    result: try row.code(3),
                    with: try row.code(4)
                ),
                clinician: try row.id(5),
                site: try row.id(6),
                program: try row.id(7),
                response: mode.isMobile ? try row.optionalInstant(8) : try row.instant(10)
            )
        }
    }

    package static func visitStatement(since start: Instant, at site: SiteID?) -> SQL {
        let site: SQL = site.map { " AND e.site = \($0)" } ?? ""
        return """
            SELECT v.id, v.at, v.mode, v.result, v.met_with, v.clinician, e.site, e.program, e.arrived_at,
                e.response_mode, e.call_received_at
            FROM episode AS e INDEXED BY episode_open CROSS JOIN visit AS v ON v.episode = e.id
            WHERE e.discharged_at IS NULL AND e.voided_at IS NULL\(site)
                AND (e.last_contact_at >= \(start) OR e.attempts > 0)
                AND v.at >= \(start) AND v.voided_at IS NULL
            """
    }
}
