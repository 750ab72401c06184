import CivilTime
import CrisisCare
import SQLite
import Storage
import Testing

/// The second belt: what the services refuse, the schema refuses whoever writes.
struct SchemaTests {
    private let database: TestDatabase

    init() throws {
        database = try TestDatabase()
        try database.open().write { db in try TestDatabase.addOneOfEach(in: db) }
    }

    private func expectRefusals(_ statements: [SQL], sourceLocation: SourceLocation = #_sourceLocation) throws {
        let connection = try database.open()
        for statement in statements {
            let error = try #require(throws: SQLiteError.self, "\(statement)", sourceLocation: sourceLocation) {
                try connection.write { db in _ = try db.execute(statement) }
            }
            guard case .constraint = error.kind else {
                Issue.record("\(statement): \(error.message)", sourceLocation: sourceLocation)
                continue
            }
        }
    }

    private func expectAccepted(_ statements: [SQL]) throws {
        let connection = try database.open()
        for statement in statements {
            // Each by itself, and none of them kept.
            struct Enough: Error {}
            #expect(throws: Enough.self, "\(statement)") {
                try connection.write { db in
                    #expect(try db.execute(statement) > 0, "\(statement)")
                    throw Enough()
                }
            }
        }
    }

    @Test func `an episode has known modes, codes of the right lists and its steps in order`() throws {
        try expectRefusals([
            "UPDATE episode SET response_mode = 'by bus'", "UPDATE episode SET referral_source = 3000",
            "UPDATE episode SET presenting_problem = 2000", "UPDATE episode SET location = 2000",
            "UPDATE episode SET town = 4000", "UPDATE episode SET referral_source = 2999",
            "UPDATE episode SET transferred_at = 0", "UPDATE episode SET transferred_at = 5, dispatched_at = 4",
            "UPDATE episode SET dispatched_at = 5, arrived_at = 4", "UPDATE episode SET arrived_at = 0",
            "UPDATE episode SET arrived_at = 5, discharged_at = 4, discharged_on = 0, discharge_reason = 5000",
            "UPDATE episode SET response_mode = 'non-mobile (phone)', arrived_at = 5",
            "UPDATE episode SET discharged_at = 5, discharge_reason = 5000",
            "UPDATE episode SET discharged_at = 5, discharged_on = 0",
            "UPDATE episode SET discharged_on = 0, discharge_reason = 5000",
            "UPDATE episode SET discharged_at = 5, discharged_on = 0, discharge_reason = 6000",
            "UPDATE episode SET minor_consented = 2", "UPDATE episode SET part2 = -1",
            "UPDATE episode SET attempts = -1", "UPDATE episode SET version = 0",
            "UPDATE episode SET client = 999", "UPDATE episode SET program = 999", "UPDATE episode SET site = 999",
            "UPDATE episode SET clinician = 999", "UPDATE episode SET recorded_by = 999",
            "UPDATE episode SET case_order = 1", "UPDATE episode SET source_ref = ''",
            "UPDATE episode SET voided_at = 5", "UPDATE episode SET void_reason = 'mistaken'",
            "UPDATE episode SET access_channel = 'fax'", "UPDATE episode SET call_ended_at = 0",
            "DELETE FROM episode WHERE id = 1",
        ])
        try expectAccepted([
            "UPDATE episode SET transferred_at = 1, dispatched_at = 1, arrived_at = 1",
            "UPDATE episode SET discharged_at = 5, discharged_on = 0, discharge_reason = 5000",
            "UPDATE episode SET voided_at = 5, voided_by = 3, void_reason = 'mistaken'",
        ])
    }

    @Test func `case numbers and references are given once`() throws {
        try database.open().write { db in
            try db.execute(
                """
                INSERT INTO episode (
                    id, case_order, source_ref, client, program, site, clinician, response_mode, referral_source,
                    presenting_problem, language, caregiver_name, caregiver_phone, minor_consented, part2,
                    call_received_at, attempts, recorded_at, recorded_by, version
                )
                SELECT 2, case_order + 1, 'second', client, program, site, clinician, response_mode, referral_source,
                    presenting_problem, language, caregiver_name, caregiver_phone, minor_consented, part2,
                    call_received_at, attempts, recorded_at, recorded_by, version
                FROM episode WHERE id = 1
                """
            )
        }
        try expectRefusals([
            "UPDATE episode SET case_order = (SELECT case_order FROM episode WHERE id = 1) WHERE id = 2",
            "UPDATE episode SET source_ref = 'L1' WHERE id = 2", "UPDATE client SET client_ref = 'C' WHERE id = 1001",
            "INSERT INTO site (id, name, created_at) VALUES (9, 'Hartford', 0)",
            "INSERT INTO staff (id, login, name, created_at) VALUES (9, 'casey', '', 0)",
            "INSERT INTO program (id, name) VALUES (9, 'youth mobile crisis')",
        ])
    }

    @Test func `an extension lengthens the window and is not approved by who asked`() throws {
        try expectRefusals([
            "UPDATE window_extension SET new_end = 42", "UPDATE window_extension SET new_end = 41",
            "UPDATE window_extension SET approved_by = 2", "UPDATE window_extension SET approved_by = NULL",
            "UPDATE window_extension SET episode = 999", "UPDATE window_extension SET voided_at = 5",
            """
            INSERT INTO window_extension (
                id, episode, granted_at, previous_end, new_end, requested_by, approved_by, reason, recorded_at,
                recorded_by
            ) VALUES (2, 1, 11, 42, 49, 2, 3, '', 11, 2)
            """,
        ])
    }

    @Test func `a visit has known codes, and a promise only where somebody was reached`() throws {
        try expectRefusals([
            "UPDATE visit SET mode = 'fax'", "UPDATE visit SET result = 'maybe'", "UPDATE visit SET met_with = 'dog'",
            "UPDATE visit SET minutes = 1441", "UPDATE visit SET minutes = -1", "UPDATE visit SET result = 'no answer'",
            "UPDATE visit SET met_with = 'school'", "UPDATE visit SET clinician = 999", "UPDATE visit SET at = NULL",
            "UPDATE visit SET at = 'noon'", "UPDATE visit SET voided_at = 5, voided_by = 3",
            "UPDATE visit SET version = 0",
        ])
        try expectAccepted([
            "UPDATE visit SET minutes = 1440", "UPDATE visit SET result = 'no answer', promised_next = NULL",
            "UPDATE visit SET voided_at = 5, voided_by = 3, void_reason = 'mistaken'",
        ])
    }

    @Test func `one version of a plan is active, and each has its number`() throws {
        try expectRefusals([
            "UPDATE safety_plan SET superseded_at = NULL WHERE id = 1",
            "UPDATE safety_plan SET version = 1 WHERE id = 2",
            "UPDATE safety_plan SET superseded_at = 9 WHERE id = 1", "UPDATE safety_plan SET reason = 5000",
            "UPDATE safety_plan SET version = 0 WHERE id = 2", "UPDATE safety_plan SET copy_given = ''",
            "UPDATE safety_plan SET review_on = NULL", "UPDATE safety_plan SET youth_took_part = NULL",
            "UPDATE safety_plan_item SET step = 7", "UPDATE safety_plan_item SET step = 0",
            "UPDATE safety_plan_item SET plan = 9", "UPDATE lethal_means SET plan = 9",
            "UPDATE plan_review SET plan = 9", "UPDATE plan_review SET voided_at = 5",
            "UPDATE plan_decline SET declined_by = 'school'", "UPDATE plan_decline SET voided_at = 5",
        ])
    }

    @Test func `a referral has known states, and an appointment where one can be`() throws {
        try expectRefusals([
            "UPDATE referral SET service_type = 5000", "UPDATE referral SET referral_ref = ''",
            "UPDATE referral SET warm_handoff = 2", "UPDATE referral SET voided_at = 5",
            """
            INSERT INTO referral (id, episode, referral_ref, service_type, agency, recorded_at, recorded_by)
            VALUES (2, 1, 'R1', 6000, '', 10, 2)
            """,
            "UPDATE referral_event SET state = 'lost'", "UPDATE referral_event SET appointment_at = 5 WHERE id = 1",
            "UPDATE referral_event SET state = 'scheduled', appointment_at = NULL WHERE id = 2",
            "UPDATE referral_event SET referral = 9",
        ])
    }

    @Test func `a deadline has a known kind, what it is about, and is owed once`() throws {
        try expectRefusals([
            "UPDATE deadline SET kind = 'lunch' WHERE kind = 'close'",
            "UPDATE deadline SET plan_version = 1 WHERE kind = 'close'",
            "UPDATE deadline SET referral = 1 WHERE kind = 'close'",
            "UPDATE deadline SET kind = 'referral-answer' WHERE kind = 'close'",
            "INSERT INTO deadline SELECT * FROM deadline", "UPDATE deadline SET plan_version = 1, referral = 1",
            "UPDATE deadline SET episode = 9 WHERE kind = 'close'",
        ])
        try expectAccepted([
            "UPDATE deadline SET kind = 'referral-answer', referral = 1 WHERE kind = 'close'",
            "UPDATE deadline SET kind = 'plan-review', plan_version = 1 WHERE kind = 'close'",
        ])
    }

    @Test func `the audit is changed by nobody, cut by nobody and has no gap`() throws {
        try expectRefusals([
            "UPDATE audit SET login = 'sam' WHERE seq = 2", "DELETE FROM audit WHERE seq = 3", "DELETE FROM audit",
            """
            INSERT INTO audit (seq, at, login, os_user, action, outcome, detail, program_version, hash)
            SELECT 5, at, login, os_user, action, outcome, detail, program_version, hash FROM audit WHERE seq = 3
            """,
            """
            INSERT INTO audit (seq, at, login, os_user, action, outcome, detail, program_version, hash)
            SELECT 3, at, login, os_user, action, outcome, detail, program_version, hash FROM audit WHERE seq = 3
            """,
            """
            INSERT OR REPLACE INTO audit (seq, at, login, os_user, action, outcome, detail, program_version, hash)
            SELECT 3, at, 'sam', os_user, action, outcome, detail, program_version, hash FROM audit WHERE seq = 3
            """,
            """
            INSERT INTO audit (seq, at, login, os_user, action, outcome, detail, program_version, hash)
            SELECT 4, at, login, os_user, action, outcome, detail, program_version, x'00' FROM audit WHERE seq = 3
            """,
        ])
    }

    @Test func `an audit that was changed in spite of it breaks the chain at its place`() throws {
        let connection = try database.open()
        #expect(try connection.read { db in try AuditVerification(of: db).isWhole })
        let changes: [(SQL, Int64)] = [
            ("UPDATE audit SET detail = 'other' WHERE seq = 2", 2), ("UPDATE audit SET at = at + 1 WHERE seq = 1", 1),
            ("UPDATE audit SET actor = NULL WHERE seq = 3", 3), ("UPDATE audit SET episode = 1 WHERE seq = 3", 3),
            ("UPDATE audit SET login = 'case', os_user = 'ytester' WHERE seq = 2", 2),
            ("DELETE FROM audit WHERE seq = 2", 2), ("DELETE FROM audit WHERE seq = 1", 1),
        ]
        for (change, place) in changes {
            let database = try TestDatabase()
            let connection = try database.open()
            try connection.write { db in
                try TestDatabase.addOneOfEach(in: db)
                try db.execute("DROP TRIGGER audit_is_not_changed")
                try db.execute("DROP TRIGGER audit_is_not_deleted")
                try db.execute(change)
            }
            let damages = try connection.read { db in try AuditVerification(of: db).damages }
            #expect(damages.first?.sequence == place, "\(change)")
        }
    }

    @Test func `codes stand in the thousand of their list, roles and policies are known`() throws {
        try expectRefusals([
            "INSERT INTO code (id, list, code) VALUES (2900, 3, 'x')",
            "INSERT INTO code (id, list, code) VALUES (8000, 8, 'x')",
            "INSERT INTO code (id, list, code) VALUES (2900, 2, 'school')",
            "INSERT INTO code (id, list, code) VALUES (2900, 2, '')",
            "DELETE FROM code WHERE id = 2000", "UPDATE site_town SET town = 2000",
            "INSERT INTO staff_role (staff, role, site) VALUES (2, 'king', 1)",
            "INSERT INTO staff_role (staff, role, site) VALUES (2, 'clinician', 1)",
            "INSERT INTO staff_role (staff, role, site) VALUES (3, 'supervisor', NULL)",
            "INSERT INTO staff_role (staff, role, site) VALUES (2, 'clinician', 9)",
            "INSERT INTO holiday (day, name) VALUES (20000, 'twice')",
            "INSERT INTO agency (id, name, zone, created_at) VALUES (2, 'another', 'UTC', 0)",
            "UPDATE client SET sex = 'f'", "UPDATE client SET version = 0", "DELETE FROM client WHERE id = 1001",
        ])
    }

    @Test func `a number is no text and a text no number`() throws {
        try expectRefusals([
            "UPDATE episode SET call_received_at = '2026-01-01'", "UPDATE visit SET minutes = 'many'",
            "UPDATE deadline SET due_at = 1.5", "UPDATE client SET birth_date = '2012-05-01'",
            "UPDATE safety_plan SET review_on = '2026-01-01'",
        ])
    }
}
