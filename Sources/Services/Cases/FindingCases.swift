package import CrisisCare
package import SQLite
package import Storage

package enum CaseFinder {
    /// Finds a case by its case number, or by the reference of the source that it was imported from.
    package static func find<Mode>(_ text: String, in db: borrowing Access<Mode>) throws -> EpisodeRecord {
        if let number = CaseNumber(text), let record = try EpisodeStore.find(number, in: db), record.voidedAt == nil {
            return record
        }
        if let record = try EpisodeStore.find(sourceRef: text, in: db), record.voidedAt == nil { return record }
        if let record = try find(voidedToo: text, in: db) {
            throw ServiceError.notFound(
                what: "the case was voided, and counts nowhere",
                hint: "When, by whom and why: followup audit list --case \(record.caseNumber)"
            )
        }
        throw ServiceError.notFound(
            what: "no case has that number",
            hint: "Case numbers look like 2026-00042. Look it up with followup episode list."
        )
    }

    /// A case by number or reference, voided ones too: the audit knows them all.
    package static func find<Mode>(voidedToo text: String, in db: borrowing Access<Mode>) throws -> EpisodeRecord? {
        if let number = CaseNumber(text), let record = try EpisodeStore.find(number, in: db) { return record }
        return try EpisodeStore.find(sourceRef: text, in: db)
    }

    /// A case that the actor may read; one of another site is refused.
    package static func readable<Mode>(
        _ text: String,
        by actor: Actor,
        in db: borrowing Access<Mode>
    ) throws -> EpisodeRecord {
        let record = try find(text, in: db)
        try actor.require(.readCases, at: record.site)
        return record
    }
}

extension EpisodeWork {
    /// Reads an episode to work on it, if the actor may.
    static func load(
        _ text: String,
        needing permission: Permission,
        _ change: Change,
        in db: borrowing Access<Writing>
    ) throws -> EpisodeWork {
        let record = try CaseFinder.find(text, in: db)
        try change.actor.require(permission, at: record.site)
        return try load(record, change, in: db)
    }

    static func load(
        _ record: EpisodeRecord,
        _ change: Change,
        in db: borrowing Access<Writing>
    ) throws -> EpisodeWork {
        EpisodeWork(
            record: record,
            history: try HistoryStore.history(of: record, in: db),
            practice: try change.practice(of: record.program, calledAt: record.callReceivedAt),
            readVersion: record.version
        )
    }
}
