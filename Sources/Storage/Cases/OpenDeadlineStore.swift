package import CivilTime
package import CrisisCare
package import SQLite

/// An open deadline with what a worklist shows of its case.
package struct OpenDeadline: Sendable {
    package var deadline: Deadline
    package var episode: EpisodeID
    package var caseNumber: CaseNumber
    package var program: ProgramID
    package var site: SiteID
    package var clinician: StaffID
    /// Service and agency of a referral, the version of a plan, else empty.
    package var about: String
    package var clientName: String
    package var phone: String
    package var part2: Bool
    package var standing: CaseStanding

    package init(
        deadline: Deadline,
        of record: EpisodeRecord,
        about: String,
        clientName: String,
        standing: CaseStanding
    ) {
        self.deadline = deadline
        episode = record.id
        caseNumber = record.caseNumber
        program = record.program
        site = record.site
        clinician = record.clinician
        self.about = about
        self.clientName = clientName
        phone = record.minorConsented ? "" : record.caregiverPhone
        part2 = record.part2
        self.standing = standing
    }

    fileprivate init(_ row: borrowing Statement) throws {
        deadline = try Deadline(open: row)
        episode = try row.id(6)
        caseNumber = CaseNumber(order: try row.int64(7))
        program = try row.id(8)
        site = try row.id(9)
        clinician = try row.id(10)
        self.about = Self.about(deadline, service: try row.text(17), agency: try row.text(18))
        clientName = ClientRecord.displayName(last: try row.text(11), first: try row.text(12))
        phone = try row.text(13)
        part2 = try row.bool(19)
        standing = CaseStanding()
        standing.windowEndsOn = try row.optionalDate(14)
        standing.lastContactAt = try row.optionalInstant(15)
        standing.attempts = try row.int(16)
    }

    /// What a deadline is about, in words.
    package static func about(_ deadline: Deadline, service: String, agency: String) -> String {
        switch deadline.about {
        case .episode: ""
        case .plan(let version): "version \(version)"
        case .referral: agency.isEmpty ? service : "\(service), \(agency)"
        }
    }

    /// The order of every worklist: due, case number, kind, what it is about (cli.md).
    package static func precedes(_ left: OpenDeadline, _ right: OpenDeadline) -> Bool {
        (left.deadline.dueAt, left.caseNumber, left.deadline.kind.rawValue, left.about)
            < (right.deadline.dueAt, right.caseNumber, right.deadline.kind.rawValue, right.about)
    }
}

/// What a worklist is narrowed to; `nil` does not narrow.
package struct DeadlineFilter: Sendable {
    package var clinician: StaffID?
    package var site: SiteID?
    package var program: ProgramID?
    package var kind: DeadlineKind?

    package init() {}

    package func admits(_ row: OpenDeadline) -> Bool {
        (clinician.map { $0 == row.clinician } ?? true) && (site.map { $0 == row.site } ?? true)
            && (program.map { $0 == row.program } ?? true) && (kind.map { $0 == row.deadline.kind } ?? true)
    }
}

package enum OpenDeadlineStore {
    /// The open deadlines due before an instant, in the order of the worklists.
    ///
    /// Each filter is served by an index of its own; a test asserts the query plan of every one.
    package static func rows<Mode>(
        dueBefore end: Instant,
        _ filter: DeadlineFilter,
        limit: Int?,
        in db: borrowing Access<Mode>
    ) throws -> [OpenDeadline] {
        try db.all(statement(dueBefore: end, filter, limit: limit), OpenDeadline.init)
    }

    package static func statement(dueBefore end: Instant, _ filter: DeadlineFilter, limit: Int?) -> SQL {
        """
        SELECT d.kind, d.started_by, d.started_at, d.due_at, d.plan_version, d.referral, d.episode, d.case_order,
            d.program, d.site, d.clinician, p.last_name, p.first_name,
            CASE e.minor_consented WHEN 1 THEN '' ELSE e.caregiver_phone END,
            e.window_ends_on, e.last_contact_at, e.attempts, coalesce(c.code, ''), coalesce(r.agency, ''),
            e.part2
        FROM deadline AS d
        JOIN episode AS e ON e.id = d.episode
        JOIN client AS p ON p.id = e.client
        LEFT JOIN referral AS r ON r.id = d.referral
        LEFT JOIN code AS c ON c.id = r.service_type
        WHERE d.due_at < \(end)\(narrowing(filter))
        ORDER BY d.due_at, d.case_order, d.kind, coalesce(c.code, ''), coalesce(r.agency, '')\(cut(limit))
        """
    }

    private static func narrowing(_ filter: DeadlineFilter) -> SQL {
        let clinician: SQL = filter.clinician.map { " AND d.clinician = \($0)" } ?? ""
        let site: SQL = filter.site.map { " AND d.site = \($0)" } ?? ""
        let program: SQL = filter.program.map { " AND d.program = \($0)" } ?? ""
        let kind: SQL = filter.kind.map { " AND d.kind = \($0)" } ?? ""
        return "\(clinician)\(site)\(program)\(kind)"
    }

    private static func cut(_ limit: Int?) -> SQL {
        limit.map { " LIMIT \($0)" } ?? ""
    }
}
