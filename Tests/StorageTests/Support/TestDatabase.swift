import CivilTime
import CrisisCare
import Foundation
import SQLite
import Storage

/// A database with the program's schema in a temporary folder of its own, and the records that others point to.
final class TestDatabase {
    let folder: String
    var path: String { folder + "/followup.db" }

    /// Keys of records that `init` makes.
    static let (site, staff, otherStaff, program, client) = (1, 2, 3, 4, 5)

    init() throws {
        folder = NSTemporaryDirectory() + "storage-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Database.create(at: path, now: 0, programVersion: "test") { connection in
            try connection.write { db in
                try CodeStore.insertShipped(in: db)
                try db.execute("INSERT INTO site (id, name, created_at) VALUES (1, 'Hartford', 0)")
                try db.execute(
                    "INSERT INTO staff (id, login, name, created_at) VALUES (2, 'casey', '', 0), (3, 'sam', '', 0)"
                )
                try db.execute("INSERT INTO program (id, name) VALUES (4, 'youth mobile crisis')")
                try db.execute(
                    """
                    INSERT INTO client (id, client_ref, first_name, last_name, sex, created_at, version)
                    VALUES (5, 'C', 'Test', 'Child', 'female', 0, 1)
                    """
                )
            }
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    func open() throws -> Connection {
        try Database.open(path, .readWrite, now: 0, programVersion: "test")
    }

    /// Episodes whose key is their case number's counter, each of a client of its own; each owes a discharge.
    static func addEpisodes(_ count: Int, in db: borrowing Access<Writing>) throws {
        try db.execute(
            """
            INSERT INTO client (id, client_ref, first_name, last_name, sex, created_at, version)
            SELECT 1000 + n, 'C' || n, 'Test', 'Child', 'female', 0, 1
            FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < \(count)) SELECT n FROM c)
            """
        )
        try db.execute(
            """
            INSERT INTO episode (
                id, case_order, source_ref, client, program, site, clinician, response_mode, referral_source,
                presenting_problem, language, caregiver_name, caregiver_phone, minor_consented, part2,
                call_received_at, attempts, recorded_at, recorded_by, version
            )
            SELECT n, 2026000000000 + n, 'L' || n, 1000 + n, 4, 1, 2, 'mobile', 2000, 3000, '', '', '', 0, 0, n, 0, 0,
                2, 1
            FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < \(count)) SELECT n FROM c)
            """
        )
        try db.execute(
            """
            INSERT INTO deadline (episode, kind, started_by, started_at, due_at, site, clinician, program, case_order)
            SELECT id, 'close', id, id, id + 100, 1, 2, 4, case_order FROM episode
            """
        )
    }

    /// One row of every kind of record, all of them right: the episode 1 with an extension, a visit, two versions of a
    /// plan, a review, a decline, a referral with two steps, deadlines and three audit entries.
    static func addOneOfEach(in db: borrowing Access<Writing>) throws {
        try addEpisodes(1, in: db)
        try db.execute("INSERT INTO holiday (day, name) VALUES (20000, 'Thanksgiving')")
        try db.execute("INSERT INTO site_town (site, town) SELECT 1, min(id) FROM code WHERE list = 1")
        try db.execute("INSERT INTO staff_role (staff, role, site) VALUES (2, 'clinician', 1), (3, 'supervisor', NULL)")
        try db.execute(
            """
            INSERT INTO window_extension (
                id, episode, granted_at, previous_end, new_end, requested_by, approved_by, reason, recorded_at,
                recorded_by
            ) VALUES (1, 1, 10, 42, 49, 2, 3, '', 10, 2)
            """
        )
        try db.execute(
            """
            INSERT INTO visit (
                id, episode, at, mode, result, met_with, minutes, clinician, note, promised_next, recorded_at,
                recorded_by, version
            ) VALUES (1, 1, 10, 'phone', 'completed', 'youth', 45, 2, '', 8, 10, 2, 1)
            """
        )
        try db.execute(
            """
            INSERT INTO safety_plan (
                id, episode, version, activated_at, superseded_at, author, reason, youth_took_part,
                caregiver_took_part, copy_given, review_on, recorded_at, recorded_by
            ) VALUES
                (1, 1, 1, 10, 20, 2, 7000, 1, 0, 'yes', 14, 10, 2), (2, 1, 2, 20, NULL, 2, 7001, 1, 0, 'yes', 14, 20, 2)
            """
        )
        try db.execute("INSERT INTO safety_plan_item (plan, step, position, text) VALUES (2, 1, 0, 'pacing')")
        try db.execute("INSERT INTO lethal_means (plan, position, text) VALUES (2, 0, 'medication: declined')")
        try db.execute(
            """
            INSERT INTO plan_review (id, episode, plan, at, reviewed_by, note, recorded_at, recorded_by)
            VALUES (1, 1, 2, 30, 2, '', 30, 2)
            """
        )
        try db.execute(
            """
            INSERT INTO plan_decline (id, episode, at, declined_by, reason, recorded_at, recorded_by)
            VALUES (1, 1, 5, 'youth', '', 5, 2)
            """
        )
        try db.execute(
            """
            INSERT INTO referral (
                id, episode, referral_ref, service_type, agency, warm_handoff, recorded_at, recorded_by
            ) VALUES (1, 1, 'R1', 6000, '', 1, 10, 2)
            """
        )
        try db.execute(
            """
            INSERT INTO referral_event (id, referral, at, state, appointment_at, recorded_at, recorded_by)
            VALUES (1, 1, 10, 'sent', NULL, 10, 2), (2, 1, 20, 'accepted', 30, 20, 2)
            """
        )
        var chain = AuditChain.empty
        for action in ["init", "episode open", "visit log"] {
            let entry = AuditEntry(
                at: Instant(seconds: 10),
                actor: StaffID(Int64(staff)),
                login: "casey",
                osUser: "tester",
                action: action,
                outcome: "done",
                programVersion: "test"
            )
            try chain.append(entry, in: db)
        }
    }
}
