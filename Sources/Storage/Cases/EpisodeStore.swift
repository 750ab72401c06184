package import CivilTime
package import CrisisCare
package import SQLite

package enum EpisodeStore {
    /// Every column of an `EpisodeRecord`, in the order in which `episode(_:)` reads them.
    static let columns: SQL = """
        e.id, e.case_order, e.source_ref, e.client, e.program, e.site, e.clinician, e.response_mode, e.referral_source,
        e.presenting_problem, e.location, e.town, e.language, e.caregiver_name, e.caregiver_phone, e.minor_consented,
        e.part2, e.access_channel, e.authority, e.transfer_from, e.transfer_ref, e.call_received_at, e.call_ended_at,
        e.transferred_at, e.dispatched_at, e.arrived_at, e.late_arrival_reason, e.discharged_at, e.discharged_on,
        e.discharge_reason, e.closing_override, e.handover_reason, e.window_ends_on, e.last_contact_at, e.attempts,
        e.recorded_at, e.recorded_by, e.version, e.voided_at, e.results
        """

    package static func find<Mode>(_ id: EpisodeID, in db: borrowing Access<Mode>) throws -> EpisodeRecord? {
        try db.first("SELECT \(columns) FROM episode AS e WHERE e.id = \(id)", episode)
    }

    package static func find<Mode>(_ number: CaseNumber, in db: borrowing Access<Mode>) throws -> EpisodeRecord? {
        try db.first("SELECT \(columns) FROM episode AS e WHERE e.case_order = \(number)", episode)
    }

    package static func find<Mode>(sourceRef: String, in db: borrowing Access<Mode>) throws -> EpisodeRecord? {
        try db.first("SELECT \(columns) FROM episode AS e WHERE e.source_ref = \(sourceRef)", episode)
    }

    package static func exists<Mode>(sourceRef: String, in db: borrowing Access<Mode>) throws -> Bool {
        try db.first("SELECT 1 FROM episode WHERE source_ref = \(sourceRef)") { _ in true } ?? false
    }

    package static func exists<Mode>(_ number: CaseNumber, in db: borrowing Access<Mode>) throws -> Bool {
        try db.first("SELECT 1 FROM episode WHERE case_order = \(number)") { _ in true } ?? false
    }

    /// The highest case number of a year, voided cases included: a number is never given twice.
    package static func lastNumber<Mode>(of year: Int, in db: borrowing Access<Mode>) throws -> CaseNumber? {
        let first = CaseNumber(year: year, counter: 0)
        let next = CaseNumber(year: year + 1, counter: 0)
        return try db.first(
            "SELECT max(case_order) FROM episode WHERE case_order >= \(first) AND case_order < \(next)"
        ) { try $0.optionalInt64(0).map(CaseNumber.init(order:)) } ?? nil
    }

    /// The episodes of a period by the time of their calls, then by case number; voided ones are left out.
    package static func forEach<Mode>(
        calledFrom first: Instant,
        before end: Instant,
        at sites: SiteScope,
        in db: borrowing Access<Mode>,
        _ body: (EpisodeRecord) throws -> Void
    ) throws {
        try db.forEach(
            """
            SELECT \(columns) FROM episode AS e
            WHERE e.call_received_at >= \(first) AND e.call_received_at < \(end) AND e.voided_at IS NULL
            ORDER BY e.call_received_at, e.case_order
            """
        ) { row in
            let record = try episode(row)
            if sites.contains(record.site) { try body(record) }
        }
    }

    /// The episodes that had begun by an instant and were not discharged at it; voided ones are left out.
    package static func forEach<Mode>(
        openAt instant: Instant,
        at sites: SiteScope,
        in db: borrowing Access<Mode>,
        _ body: (EpisodeRecord) throws -> Void
    ) throws {
        try db.forEach(
            """
            SELECT \(columns) FROM episode AS e
            WHERE e.call_received_at <= \(instant) AND (e.discharged_at IS NULL OR e.discharged_at > \(instant))
                AND e.voided_at IS NULL
            ORDER BY e.case_order
            """
        ) { row in
            let record = try episode(row)
            if sites.contains(record.site) { try body(record) }
        }
    }

    static func records<Mode>(where condition: SQL, in db: borrowing Access<Mode>) throws -> [EpisodeRecord] {
        try db.all(
            "SELECT \(columns) FROM episode AS e WHERE \(condition) ORDER BY e.call_received_at, e.case_order",
            episode
        )
    }

    static func episode(_ row: borrowing Statement) throws -> EpisodeRecord {
        var record = EpisodeRecord(
            id: try row.id(0),
            caseNumber: CaseNumber(order: try row.int64(1)),
            client: try row.id(3),
            program: try row.id(4),
            site: try row.id(5),
            clinician: try row.id(6),
            mode: try row.code(7),
            referralSource: try row.id(8),
            presentingProblem: try row.id(9),
            callReceivedAt: try row.instant(21),
            recordedAt: try row.instant(35),
            recordedBy: try row.id(36)
        )
        record.sourceRef = try row.optionalText(2)
        record.location = try row.optionalID(10)
        record.town = try row.optionalID(11)
        record.language = try row.text(12)
        record.caregiverName = try row.text(13)
        record.caregiverPhone = try row.text(14)
        record.minorConsented = try row.bool(15)
        record.part2 = try row.bool(16)
        record.accessChannel = try row.optionalCode(17)
        record.authority = try row.text(18)
        record.transferFrom = try row.text(19)
        record.transferRef = try row.text(20)
        record.callEndedAt = try row.optionalInstant(22)
        record.transferredAt = try row.optionalInstant(23)
        record.dispatchedAt = try row.optionalInstant(24)
        record.arrivedAt = try row.optionalInstant(25)
        record.lateArrivalReason = try row.text(26)
        if let at = try row.optionalInstant(27) { record.discharge = Discharge(at: at, on: try row.date(28)) }
        record.dischargeReason = try row.optionalID(29)
        record.closingOverride = try row.text(30)
        record.handoverReason = try row.text(31)
        record.standing.windowEndsOn = try row.optionalDate(32)
        record.standing.lastContactAt = try row.optionalInstant(33)
        record.standing.attempts = try row.int(34)
        record.standing.results = try row.optionalBytes(39)
        record.version = try row.int(37)
        record.voidedAt = try row.optionalInstant(38)
        return record
    }
}
