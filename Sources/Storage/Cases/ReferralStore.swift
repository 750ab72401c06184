package import CivilTime
package import CrisisCare
package import SQLite

package struct ReferralRecord: Sendable {
    package var referral: Referral
    package var episode: EpisodeID
    /// The source's own reference, or one made here.
    package var ref: String
    package var serviceType: CodeID
    package var agency: String
    package var warmHandoff: Bool?
    package var overrideReason: String
    package var recordedAt: Instant
    package var recordedBy: StaffID

    package init(
        referral: Referral,
        episode: EpisodeID,
        ref: String,
        serviceType: CodeID,
        agency: String,
        warmHandoff: Bool?,
        overrideReason: String,
        recordedAt: Instant,
        recordedBy: StaffID
    ) {
        self.referral = referral
        self.episode = episode
        self.ref = ref
        self.serviceType = serviceType
        self.agency = agency
        self.warmHandoff = warmHandoff
        self.overrideReason = overrideReason
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
    }
}

package enum ReferralStore {
    /// The referrals of an episode with their steps, without the voided ones, in the order of entry.
    package static func records<Mode>(of id: EpisodeID, in db: borrowing Access<Mode>) throws -> [ReferralRecord] {
        var records: [ReferralRecord] = []
        try db.forEach(
            """
            SELECT r.id, r.referral_ref, r.service_type, r.agency, r.warm_handoff, r.override_reason, r.recorded_at,
                r.recorded_by, e.id, e.at, e.state, e.appointment_at
            FROM referral AS r JOIN referral_event AS e ON e.referral = r.id
            WHERE r.episode = \(id) AND r.voided_at IS NULL ORDER BY r.id, e.at, e.id
            """
        ) { row in
            let key: RecordID<Referral> = try row.id(0)
            if records.last?.referral.id != key {
                records.append(try record(row, key, of: id))
            }
            records[records.count - 1].referral.events.append(try event(row))
        }
        return records
    }

    /// The referrals of an episode as the rules see them.
    package static func referrals<Mode>(of id: EpisodeID, in db: borrowing Access<Mode>) throws -> [Referral] {
        var referrals: [Referral] = []
        try db.forEach(
            """
            SELECT r.id, 0, r.service_type, 0, 0, 0, 0, 0, e.id, e.at, e.state, e.appointment_at
            FROM referral AS r JOIN referral_event AS e ON e.referral = r.id
            WHERE r.episode = \(id) AND r.voided_at IS NULL ORDER BY r.id, e.at, e.id
            """
        ) { row in
            let key: RecordID<Referral> = try row.id(0)
            if referrals.last?.id != key {
                referrals.append(Referral(id: key, service: try row.id(2), events: []))
            }
            referrals[referrals.count - 1].events.append(try event(row))
        }
        return referrals
    }

    static func record(
        _ row: borrowing Statement,
        _ key: RecordID<Referral>,
        of episode: EpisodeID
    ) throws -> ReferralRecord {
        ReferralRecord(
            referral: Referral(id: key, service: try row.id(2), events: []),
            episode: episode,
            ref: try row.text(1),
            serviceType: try row.id(2),
            agency: try row.text(3),
            warmHandoff: try row.optionalBool(4),
            overrideReason: try row.text(5),
            recordedAt: try row.instant(6),
            recordedBy: try row.id(7)
        )
    }

    static func event(_ row: borrowing Statement) throws -> ReferralEvent {
        ReferralEvent(
            id: try row.id(8),
            at: try row.instant(9),
            state: try row.code(10),
            appointmentAt: try row.optionalInstant(11)
        )
    }

    package static func update(
        _ id: RecordID<Referral>,
        warmHandoff: Bool,
        in db: borrowing Access<Writing>
    ) throws {
        try db.execute("UPDATE referral SET warm_handoff = \(warmHandoff) WHERE id = \(id)")
    }

    package static func insert(_ record: ReferralRecord, in db: borrowing Access<Writing>) throws {
        try db.execute(
            """
            INSERT INTO referral (
                id, episode, referral_ref, service_type, agency, warm_handoff, override_reason, recorded_at,
                recorded_by
            ) VALUES (
                \(record.referral.id), \(record.episode), \(record.ref), \(record.serviceType), \(record.agency),
                \(record.warmHandoff), \(record.overrideReason), \(record.recordedAt), \(record.recordedBy)
            )
            """
        )
    }

    package static func insert(
        _ event: ReferralEvent,
        of referral: RecordID<Referral>,
        reason: String,
        at now: Instant,
        by staff: StaffID,
        in db: borrowing Access<Writing>
    ) throws {
        try db.execute(
            """
            INSERT INTO referral_event (id, referral, at, state, appointment_at, reason, recorded_at, recorded_by)
            VALUES (
                \(event.id), \(referral), \(event.at), \(event.state), \(event.appointmentAt), \(reason), \(now),
                \(staff)
            )
            """
        )
    }
}
