import CivilTime
import SQLite
import Services
import Storage
import Testing

extension TestAgency {
    /// Gives a read access of its own to the agency's file, beside whatever session is open.
    func read<Result>(_ body: (borrowing Access<Reading>) throws -> Result) throws -> Result {
        let connection = try Database.open(
            path,
            .readOnly,
            now: now.seconds,
            programVersion: ProgramVersion.current
        )
        return try connection.read(body)
    }

    /// How many rows every table has, the audit apart.
    func tableCounts() throws -> [String: Int] {
        try read { db in
            let counts = try db.all(
                """
                SELECT 'agency', count(*) FROM agency UNION ALL SELECT 'site', count(*) FROM site
                UNION ALL SELECT 'code', count(*) FROM code UNION ALL SELECT 'site_town', count(*) FROM site_town
                UNION ALL SELECT 'staff', count(*) FROM staff UNION ALL SELECT 'staff_role', count(*) FROM staff_role
                UNION ALL SELECT 'program', count(*) FROM program UNION ALL SELECT 'policy', count(*) FROM policy
                UNION ALL SELECT 'holiday', count(*) FROM holiday UNION ALL SELECT 'client', count(*) FROM client
                UNION ALL SELECT 'client_name_word', count(*) FROM client_name_word
                UNION ALL SELECT 'client_merge', count(*) FROM client_merge
                UNION ALL SELECT 'client_merge_episode', count(*) FROM client_merge_episode
                UNION ALL SELECT 'episode', count(*) FROM episode
                UNION ALL SELECT 'window_extension', count(*) FROM window_extension
                UNION ALL SELECT 'visit', count(*) FROM visit
                UNION ALL SELECT 'safety_plan', count(*) FROM safety_plan
                UNION ALL SELECT 'safety_plan_item', count(*) FROM safety_plan_item
                UNION ALL SELECT 'lethal_means', count(*) FROM lethal_means
                UNION ALL SELECT 'plan_review', count(*) FROM plan_review
                UNION ALL SELECT 'plan_decline', count(*) FROM plan_decline
                UNION ALL SELECT 'plan_draft', count(*) FROM plan_draft
                UNION ALL SELECT 'plan_draft_item', count(*) FROM plan_draft_item
                UNION ALL SELECT 'referral', count(*) FROM referral
                UNION ALL SELECT 'referral_event', count(*) FROM referral_event
                UNION ALL SELECT 'deadline', count(*) FROM deadline
                UNION ALL SELECT 'disposition_return', count(*) FROM disposition_return
                UNION ALL SELECT 'schema_migration', count(*) FROM schema_migration
                """
            ) { (try $0.text(0), try $0.int(1)) }
            let tables = try db.all("SELECT name FROM sqlite_schema WHERE type = 'table'") { try $0.text(0) }
            // A table that a later migration adds has to be counted too.
            #expect(Set(tables) == Set(counts.map(\.0)).union(["audit"]))
            return Dictionary(uniqueKeysWithValues: counts)
        }
    }

    /// What `check` finds wrong.
    func errors() throws -> [String] {
        try Inspection.run(open()).filter { $0.severity == .error }.map { "\($0.check): \($0.finding)" }
    }
}
