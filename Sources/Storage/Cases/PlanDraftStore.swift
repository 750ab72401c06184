package import CivilTime
package import CrisisCare
package import SQLite

/// The draft of a case's next plan version, which may lack anything.
package struct PlanDraftRecord: Sendable {
    package var episode: EpisodeID
    package var content: PlanContent
    package var recordedAt: Instant
    package var recordedBy: StaffID
    /// Counts the saves of this draft, from 1.
    package var version: Int

    package init(
        episode: EpisodeID,
        content: PlanContent,
        recordedAt: Instant,
        recordedBy: StaffID,
        version: Int
    ) {
        self.episode = episode
        self.content = content
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
        self.version = version
    }
}

/// Drafts are the one thing that is deleted: they are no part of the record before they are activated.
package enum PlanDraftStore {
    /// The number under which the lethal means stand beside the six steps.
    private static let lethalMeans = 7

    package static func find<Mode>(_ id: EpisodeID, in db: borrowing Access<Mode>) throws -> PlanDraftRecord? {
        try db.first(
            """
            SELECT youth_took_part, caregiver_took_part, copy_given, review_on, recorded_at, recorded_by, version
            FROM plan_draft WHERE episode = \(id)
            """
        ) { row in
            var content = PlanContent(
                youthTookPart: try row.isNull(0) ? nil : row.bool(0),
                caregiverTookPart: try row.isNull(1) ? nil : row.bool(1),
                copyGiven: try row.text(2),
                reviewOn: try row.optionalDate(3)
            )
            try db.forEach(
                "SELECT step, text FROM plan_draft_item WHERE episode = \(id) ORDER BY step, position"
            ) { item in
                let number = try item.int(0)
                if number == lethalMeans {
                    content.lethalMeans.append(LethalMeans(text: try item.text(1)))
                } else {
                    try content.append(try item.text(1), storedUnder: number)
                }
            }
            return PlanDraftRecord(
                episode: id,
                content: content,
                recordedAt: try row.instant(4),
                recordedBy: try row.id(5),
                version: try row.int(6)
            )
        }
    }

    /// Stores the draft in place of the one before it.
    package static func store(_ draft: PlanDraftRecord, in db: borrowing Access<Writing>) throws {
        let content = draft.content
        try remove(draft.episode, in: db)
        try db.execute(
            """
            INSERT INTO plan_draft (
                episode, youth_took_part, caregiver_took_part, copy_given, review_on, recorded_at, recorded_by, version
            ) VALUES (
                \(draft.episode), \(content.youthTookPart), \(content.caregiverTookPart), \(content.copyGiven),
                \(content.reviewOn), \(draft.recordedAt), \(draft.recordedBy), \(draft.version)
            )
            """
        )
        for (number, texts) in content.storedItems { try insert(texts, as: number, of: draft.episode, in: db) }
        try insert(content.lethalMeans.map(\.text), as: lethalMeans, of: draft.episode, in: db)
    }

    /// - Returns: whether there was one.
    @discardableResult
    package static func remove(_ id: EpisodeID, in db: borrowing Access<Writing>) throws -> Bool {
        try db.execute("DELETE FROM plan_draft_item WHERE episode = \(id)")
        return try db.execute("DELETE FROM plan_draft WHERE episode = \(id)") == 1
    }

    private static func insert(
        _ texts: [String],
        as number: Int,
        of id: EpisodeID,
        in db: borrowing Access<Writing>
    ) throws {
        for (position, text) in texts.enumerated() {
            try db.execute(
                """
                INSERT INTO plan_draft_item (episode, step, position, text)
                VALUES (\(id), \(number), \(position), \(text))
                """
            )
        }
    }
}
