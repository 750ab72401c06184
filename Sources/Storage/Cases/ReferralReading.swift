package import CivilTime
package import CrisisCare
package import SQLite

/// A step of a referral with what was recorded beside it.
package struct ReferralStepRecord: Sendable {
    package var event: ReferralEvent
    package var reason: String
    package var recordedAt: Instant
    package var recordedBy: StaffID
}

/// A referral with what a list shows of its case.
package struct ListedReferral: Sendable {
    package var record: ReferralRecord
    package var caseNumber: CaseNumber
    package var clinician: StaffID
    package var part2: Bool

    package init(record: ReferralRecord, caseNumber: CaseNumber, clinician: StaffID, part2: Bool) {
        self.record = record
        self.caseNumber = caseNumber
        self.clinician = clinician
        self.part2 = part2
    }
}

extension ReferralStore {
    /// The references that a case has used, those of voided referrals too: a reference is never given twice.
    package static func refs<Mode>(of id: EpisodeID, in db: borrowing Access<Mode>) throws -> Set<String> {
        Set(try db.all("SELECT referral_ref FROM referral WHERE episode = \(id)") { try $0.text(0) })
    }

    /// The steps of a referral, in order.
    package static func steps<Mode>(
        of id: RecordID<Referral>,
        in db: borrowing Access<Mode>
    ) throws -> [ReferralStepRecord] {
        try db.all(
            """
            SELECT id, at, state, appointment_at, reason, recorded_at, recorded_by FROM referral_event
            WHERE referral = \(id) ORDER BY at, id
            """
        ) { row in
            ReferralStepRecord(
                event: ReferralEvent(
                    id: try row.id(0),
                    at: try row.instant(1),
                    state: try row.code(2),
                    appointmentAt: try row.optionalInstant(3)
                ),
                reason: try row.text(4),
                recordedAt: try row.instant(5),
                recordedBy: try row.id(6)
            )
        }
    }

    /// The referrals of all cases at some sites, by case number, then in the order of entry; voided ones are left out.
    package static func all<Mode>(at sites: SiteScope, in db: borrowing Access<Mode>) throws -> [ListedReferral] {
        var listed: [ListedReferral] = []
        try db.forEach(
            """
            SELECT r.id, r.referral_ref, r.service_type, r.agency, r.warm_handoff, r.override_reason, r.recorded_at,
                r.recorded_by, v.id, v.at, v.state, v.appointment_at, e.id, e.case_order, e.clinician, e.site, e.part2
            FROM episode AS e
            JOIN referral AS r ON r.episode = e.id
            JOIN referral_event AS v ON v.referral = r.id
            WHERE e.voided_at IS NULL AND r.voided_at IS NULL
            ORDER BY e.case_order, r.id, v.at, v.id
            """
        ) { row in
            guard sites.contains(try row.id(15)) else { return }
            let key: RecordID<Referral> = try row.id(0)
            if listed.last?.record.referral.id != key {
                listed.append(
                    ListedReferral(
                        record: try record(row, key, of: try row.id(12)),
                        caseNumber: CaseNumber(order: try row.int64(13)),
                        clinician: try row.id(14),
                        part2: try row.bool(16)
                    )
                )
            }
            listed[listed.count - 1].record.referral.events.append(try event(row))
        }
        return listed
    }

    /// The episodes of which a referral was sent in a time, discharged ones too; what is voided is left out.
    package static func episodesSending<Mode>(
        from start: Instant,
        before end: Instant,
        in db: borrowing Access<Mode>
    ) throws -> [EpisodeID] {
        try db.all(
            """
            SELECT DISTINCT e.id FROM referral_event AS v
            JOIN referral AS r ON r.id = v.referral
            JOIN episode AS e ON e.id = r.episode
            WHERE v.state = 'sent' AND v.at >= \(start) AND v.at < \(end)
                AND r.voided_at IS NULL AND e.voided_at IS NULL
            ORDER BY e.id
            """
        ) { try $0.id(0) }
    }

    /// The agencies to which anybody was referred, by name.
    package static func agencies<Mode>(in db: borrowing Access<Mode>) throws -> [String] {
        try db.all(
            "SELECT DISTINCT agency FROM referral WHERE agency <> '' AND voided_at IS NULL ORDER BY agency"
        ) { try $0.text(0) }
    }
}
