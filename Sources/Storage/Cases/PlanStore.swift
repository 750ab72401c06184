package import CivilTime
package import CrisisCare
package import SQLite

package struct PlanRecord: Sendable {
    package var version: PlanVersion
    package var episode: EpisodeID
    package var content: PlanContent
    package var author: StaffID
    package var reason: CodeID
    package var recordedAt: Instant
    package var recordedBy: StaffID
    /// When a newer version took its place; `nil` for the active one.
    package var supersededAt: Instant?

    package init(
        version: PlanVersion,
        episode: EpisodeID,
        content: PlanContent,
        author: StaffID,
        reason: CodeID,
        recordedAt: Instant,
        recordedBy: StaffID
    ) {
        self.version = version
        self.episode = episode
        self.content = content
        self.author = author
        self.reason = reason
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
    }
}

package enum PlanStore {
    /// The activated versions of an episode's plan, by activation, then by entry.
    package static func versions<Mode>(of id: EpisodeID, in db: borrowing Access<Mode>) throws -> [PlanVersion] {
        try db.all(
            "SELECT id, version, activated_at, review_on FROM safety_plan WHERE episode = \(id) ORDER BY version",
            version
        )
    }

    /// Every column of a `PlanRecord`, in the order in which `record(_:of:in:)` reads them.
    private static let columns: SQL = """
        id, version, activated_at, review_on, author, reason, youth_took_part, caregiver_took_part, copy_given,
        recorded_at, recorded_by, superseded_at
        """

    /// The version that is active, with all that it says; `nil` when the case has none.
    package static func active<Mode>(of id: EpisodeID, in db: borrowing Access<Mode>) throws -> PlanRecord? {
        try db.first("SELECT \(columns) FROM safety_plan WHERE episode = \(id) AND superseded_at IS NULL") { row in
            try record(row, of: id, in: db)
        }
    }

    /// One version, active or superseded, with all that it says.
    package static func find<Mode>(
        version: Int,
        of id: EpisodeID,
        in db: borrowing Access<Mode>
    ) throws -> PlanRecord? {
        try db.first("SELECT \(columns) FROM safety_plan WHERE episode = \(id) AND version = \(version)") { row in
            try record(row, of: id, in: db)
        }
    }

    /// Every version, the first one first.
    package static func records<Mode>(of id: EpisodeID, in db: borrowing Access<Mode>) throws -> [PlanRecord] {
        try db.all("SELECT \(columns) FROM safety_plan WHERE episode = \(id) ORDER BY version") { row in
            try record(row, of: id, in: db)
        }
    }

    private static func record<Mode>(
        _ row: borrowing Statement,
        of id: EpisodeID,
        in db: borrowing Access<Mode>
    ) throws -> PlanRecord {
        let version = try version(row)
        var content = PlanContent(
            youthTookPart: try row.bool(6),
            caregiverTookPart: try row.bool(7),
            copyGiven: try row.text(8),
            reviewOn: version.reviewOn
        )
        try db.forEach(
            "SELECT step, text FROM safety_plan_item WHERE plan = \(version.id) ORDER BY step, position"
        ) { item in
            try content.append(try item.text(1), storedUnder: try item.int(0))
        }
        content.lethalMeans = try db.all(
            "SELECT text FROM lethal_means WHERE plan = \(version.id) ORDER BY position"
        ) { LethalMeans(text: try $0.text(0)) }
        var record = PlanRecord(
            version: version,
            episode: id,
            content: content,
            author: try row.id(4),
            reason: try row.id(5),
            recordedAt: try row.instant(9),
            recordedBy: try row.id(10)
        )
        record.supersededAt = try row.optionalInstant(11)
        return record
    }

    private static func version(_ row: borrowing Statement) throws -> PlanVersion {
        PlanVersion(
            id: try row.id(0),
            version: try row.int(1),
            activatedAt: try row.instant(2),
            reviewOn: try row.optionalDate(3)
        )
    }

    /// Stores a new active version; the one before it is superseded and stays readable.
    package static func insert(_ record: PlanRecord, in db: borrowing Access<Writing>) throws {
        let plan = record.version
        let content = record.content
        if plan.version > 1 {
            try db.execute(
                """
                UPDATE safety_plan SET superseded_at = \(plan.activatedAt)
                WHERE episode = \(record.episode) AND superseded_at IS NULL
                """
            )
        }
        try db.execute(
            """
            INSERT INTO safety_plan (
                id, episode, version, activated_at, author, reason, youth_took_part, caregiver_took_part, copy_given,
                review_on, recorded_at, recorded_by
            ) VALUES (
                \(plan.id), \(record.episode), \(plan.version), \(plan.activatedAt), \(record.author),
                \(record.reason), \(content.youthTookPart), \(content.caregiverTookPart), \(content.copyGiven),
                \(content.reviewOn), \(record.recordedAt), \(record.recordedBy)
            )
            """
        )
        for (number, texts) in content.storedItems {
            for (position, text) in texts.enumerated() {
                try db.execute(
                    """
                    INSERT INTO safety_plan_item (plan, step, position, text)
                    VALUES (\(plan.id), \(number), \(position), \(text))
                    """
                )
            }
        }
        for (position, means) in content.lethalMeans.enumerated() {
            try db.execute(
                "INSERT INTO lethal_means (plan, position, text) VALUES (\(plan.id), \(position), \(means.text))"
            )
        }
    }
}
