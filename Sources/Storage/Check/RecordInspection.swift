package import SQLite

/// Rows that no constraint of the schema can refuse and that no use case leaves behind.
package enum RecordInspection {
    /// What was looked for, and how many rows there are of it.
    package struct Count: Sendable {
        package let what: String
        package let rows: Int
    }

    /// Rows that belong to nothing that counts.
    package static func orphans<Mode>(in db: borrowing Access<Mode>) throws -> [Count] {
        try counts(
            """
            SELECT 'deadlines of a referral of another case', count(*) FROM deadline AS d
            JOIN referral AS r ON r.id = d.referral WHERE r.episode <> d.episode
            UNION ALL
            SELECT 'reviews of a plan of another case', count(*) FROM plan_review AS v
            JOIN safety_plan AS p ON p.id = v.plan WHERE p.episode <> v.episode
            UNION ALL
            SELECT 'referrals without a state', count(*) FROM referral AS r
            WHERE NOT EXISTS (SELECT 1 FROM referral_event AS e WHERE e.referral = r.id)
            UNION ALL
            SELECT 'plans without an entry', count(*) FROM safety_plan AS p
            WHERE NOT EXISTS (SELECT 1 FROM safety_plan_item AS i WHERE i.plan = p.id)
            UNION ALL
            SELECT 'audit entries of a case that is not there', count(*) FROM audit AS a
            WHERE a.episode IS NOT NULL AND NOT EXISTS (SELECT 1 FROM episode AS e WHERE e.id = a.episode)
            UNION ALL
            SELECT 'audit entries that name a later one as their command''s', count(*) FROM audit AS a
            WHERE a.command >= a.seq
            """,
            in: db
        )
    }

    /// Voided rows that still count somewhere.
    package static func voided<Mode>(in db: borrowing Access<Mode>) throws -> [Count] {
        try counts(
            """
            SELECT 'deadlines of voided cases', count(*) FROM deadline AS d
            JOIN episode AS e ON e.id = d.episode WHERE e.voided_at IS NOT NULL
            UNION ALL
            SELECT 'deadlines of voided referrals', count(*) FROM deadline AS d
            JOIN referral AS r ON r.id = d.referral WHERE r.voided_at IS NOT NULL
            """,
            in: db
        )
    }

    /// Rows that were voided before they were recorded: by other means, or with a clock that was set back between.
    package static func voidedEarly<Mode>(in db: borrowing Access<Mode>) throws -> [Count] {
        try counts(
            """
            SELECT 'cases voided before they were recorded', count(*) FROM episode WHERE voided_at < recorded_at
            UNION ALL
            SELECT 'visits voided before they were recorded', count(*) FROM visit WHERE voided_at < recorded_at
            UNION ALL
            SELECT 'extensions voided before they were recorded', count(*) FROM window_extension
            WHERE voided_at < recorded_at
            UNION ALL
            SELECT 'referrals voided before they were recorded', count(*) FROM referral WHERE voided_at < recorded_at
            """,
            in: db
        )
    }

    private static func counts<Mode>(_ sql: SQL, in db: borrowing Access<Mode>) throws -> [Count] {
        try db.all(sql) { Count(what: try $0.text(0), rows: try $0.int(1)) }.filter { $0.rows > 0 }
    }
}
