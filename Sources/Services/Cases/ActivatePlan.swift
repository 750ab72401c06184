package import CivilTime
package import CrisisCare
internal import SQLite
internal import Storage

/// A version of a Crisis Safety Plan to be activated.
package struct NewPlan: Sendable {
    package var activatedAt: Instant
    package var author: StaffID
    package var reason: CodeID
    package var content: PlanContent

    package init(activatedAt: Instant, author: StaffID, reason: CodeID, content: PlanContent) {
        self.activatedAt = activatedAt
        self.author = author
        self.reason = reason
        self.content = content
    }
}

extension EpisodeWork {
    mutating func activate(_ new: NewPlan, _ change: inout Change) throws {
        let version = PlanVersion(
            id: RecordID(change.keys.next()),
            version: history.plans.count + 1,
            activatedAt: new.activatedAt,
            reviewOn: new.content.reviewOn
        )
        try history.activate(version, content: new.content, now: change.now, under: practice)
        plans.append(
            PlanRecord(
                version: version,
                episode: record.id,
                content: new.content,
                author: new.author,
                reason: new.reason,
                recordedAt: change.now,
                recordedBy: change.actor.staff
            )
        )
        note("plan activate", record: version.id.value)
    }
}
