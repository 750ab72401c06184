package import CivilTime
package import CrisisCare
package import SQLite

extension EpisodeStore {
    package static func insert(_ record: EpisodeRecord, in db: borrowing Access<Writing>) throws {
        try db.execute(
            """
            INSERT INTO episode (
                id, case_order, source_ref, client, program, site, clinician, response_mode, referral_source,
                presenting_problem, location, town, language, caregiver_name, caregiver_phone, minor_consented, part2,
                access_channel, authority, transfer_from, transfer_ref, call_received_at, call_ended_at,
                transferred_at, dispatched_at, arrived_at, late_arrival_reason, discharged_at, discharged_on,
                discharge_reason, closing_override, handover_reason, window_ends_on, last_contact_at, attempts,
                results, recorded_at, recorded_by, version
            ) VALUES (
                \(record.id), \(record.caseNumber), \(record.sourceRef), \(record.client), \(record.program),
                \(record.site), \(record.clinician), \(record.mode), \(record.referralSource),
                \(record.presentingProblem), \(record.location), \(record.town), \(record.language),
                \(record.caregiverName), \(record.caregiverPhone), \(record.minorConsented), \(record.part2),
                \(record.accessChannel), \(record.authority), \(record.transferFrom), \(record.transferRef),
                \(record.callReceivedAt), \(record.callEndedAt), \(record.transferredAt), \(record.dispatchedAt),
                \(record.arrivedAt), \(record.lateArrivalReason), \(record.discharge?.at), \(record.discharge?.on),
                \(record.dischargeReason), \(record.closingOverride), \(record.handoverReason),
                \(record.standing.windowEndsOn), \(record.standing.lastContactAt), \(record.standing.attempts),
                \(record.standing.results), \(record.recordedAt), \(record.recordedBy), \(record.version)
            )
            """
        )
    }

    /// Writes what may change of an episode.
    /// - Returns: whether the row still had the version that was read; if not, nothing was written.
    package static func update(
        _ record: EpisodeRecord,
        readAtVersion version: Int,
        in db: borrowing Access<Writing>
    ) throws -> Bool {
        try db.execute(
            """
            UPDATE episode SET
                client = \(record.client), program = \(record.program), site = \(record.site),
                clinician = \(record.clinician), response_mode = \(record.mode),
                referral_source = \(record.referralSource), presenting_problem = \(record.presentingProblem),
                location = \(record.location), town = \(record.town), language = \(record.language),
                caregiver_name = \(record.caregiverName), caregiver_phone = \(record.caregiverPhone),
                minor_consented = \(record.minorConsented), part2 = \(record.part2),
                access_channel = \(record.accessChannel), authority = \(record.authority),
                transfer_from = \(record.transferFrom), transfer_ref = \(record.transferRef),
                call_received_at = \(record.callReceivedAt), call_ended_at = \(record.callEndedAt),
                transferred_at = \(record.transferredAt), dispatched_at = \(record.dispatchedAt),
                arrived_at = \(record.arrivedAt), late_arrival_reason = \(record.lateArrivalReason),
                discharged_at = \(record.discharge?.at), discharged_on = \(record.discharge?.on),
                discharge_reason = \(record.dischargeReason), closing_override = \(record.closingOverride),
                handover_reason = \(record.handoverReason), version = \(record.version)
            WHERE id = \(record.id) AND version = \(version)
            """
        ) == 1
    }

    /// Voids an episode: it counts nowhere any more, and its number is not given again.
    package static func void(
        _ id: EpisodeID,
        at instant: Instant,
        by staff: StaffID,
        reason: String,
        in db: borrowing Access<Writing>
    ) throws {
        try db.execute(
            """
            UPDATE episode SET voided_at = \(instant), voided_by = \(staff), void_reason = \(reason)
            WHERE id = \(id) AND voided_at IS NULL
            """
        )
    }

    package static func update(
        _ standing: CaseStanding,
        of id: EpisodeID,
        in db: borrowing Access<Writing>
    ) throws {
        try db.execute(
            """
            UPDATE episode SET
                window_ends_on = \(standing.windowEndsOn), last_contact_at = \(standing.lastContactAt),
                attempts = \(standing.attempts), results = \(standing.results)
            WHERE id = \(id)
            """
        )
    }
}
