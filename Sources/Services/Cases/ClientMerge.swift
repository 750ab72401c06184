package import CrisisCare
internal import SQLite
package import Storage

/// What a merge of two clients, or its undoing, leaves to be shown.
package struct ClientMerge: Sendable {
    /// The references of both.
    package let kept: String
    package let duplicate: String
    /// The cases that changed hands, by the time of their calls, voided ones included.
    package let moved: [CaseNumber]
    /// How many of the moved cases have gone to somebody else since, and stay there when the merge is undone.
    package var left = 0
    package let keptBefore: ClientRecordCounts
    package let duplicateBefore: ClientRecordCounts
    package let keptAfter: ClientRecordCounts
    package let duplicateAfter: ClientRecordCounts
    package var warnings: [String] = []
}

/// What the audit calls a merge and its undoing.
enum ClientMergeAction {
    static let merge = "client merge"
    static let undo = "client merge undo"
}

extension Session {
    /// Merges a duplicate into the client who is kept: all its episodes change hands, and its reference and names find
    /// the kept one from then on. Takes a supervisor of the sites of all their episodes.
    package borrowing func mergeClients(
        keeping keptText: String,
        duplicate duplicateText: String,
        reason: String,
        isDryRun: Bool = false
    ) throws -> ClientMerge {
        try change(ClientMergeAction.merge, needing: .supervise, isDryRun: isDryRun) { change, db in
            try TextLimit.reason.check(reason, "the reason")
            guard let kept = try ClientFinder.recorded(keptText, in: db),
                let duplicate = try ClientFinder.recorded(duplicateText, in: db)
            else { throw ClientFinder.unknown }
            for client in [kept, duplicate] { try client.requireSupervisor(change.actor, in: db) }
            try MergeOrder.check(keeping: kept, duplicate, in: db)
            var transfer = try EpisodeTransfer(between: kept, duplicate, in: db)
            let episodes = try EpisodeStore.episodes(of: duplicate.id, in: db)
            let id = RecordID<ClientMergeRecord>(change.keys.next())
            for episode in episodes {
                try transfer.move(episode, from: duplicate, to: kept, reason: reason, merge: id, &change, in: db)
            }
            let merge = ClientMergeRecord(
                id: id,
                kept: kept.id,
                duplicate: duplicate.id,
                mergedAt: change.now,
                mergedBy: change.actor.staff,
                reason: reason
            )
            try ClientMergeStore.insert(merge, moving: episodes.map(\.id), in: db)
            try transfer.finish(reason: reason, &change, in: db)
            var result = try transfer.result(in: db)
            guard result.duplicateAfter == ClientRecordCounts() else { throw MergeMiscount() }
            result.warnings = Self.differences(kept, duplicate)
            return result
        }
    }

    /// Undoes a merge: the episodes that it moved go back to the duplicate, who stands by itself again. Those opened
    /// since stay with the client who was kept.
    package borrowing func undoMerge(
        of duplicateText: String,
        reason: String,
        isDryRun: Bool = false
    ) throws -> ClientMerge {
        try change(ClientMergeAction.undo, needing: .supervise, isDryRun: isDryRun) { change, db in
            try TextLimit.reason.check(reason, "the reason")
            guard let duplicate = try ClientFinder.recorded(duplicateText, in: db) else { throw ClientFinder.unknown }
            try duplicate.requireSupervisor(change.actor, in: db)
            let merge = try MergeOrder.mergeToUndo(of: duplicate, in: db)
            guard let kept = try ClientStore.find(merge.kept, in: db) else { throw ClientFinder.unknown }
            var transfer = try EpisodeTransfer(between: kept, duplicate, in: db)
            try ClientMergeStore.undo(merge.id, at: change.now, by: change.actor.staff, reason: reason, in: db)
            let moved = try ClientMergeStore.episodes(movedBy: merge.id, in: db)
            let mine = try Set(moved).subtracting(Self.episodesMovedAfter(merge, in: db))
            let back = try EpisodeStore.episodes(of: kept.id, in: db).filter { mine.contains($0.id) }
            for episode in back {
                try transfer.move(episode, from: kept, to: duplicate, reason: reason, merge: merge.id, &change, in: db)
            }
            try transfer.finish(reason: reason, &change, in: db)
            var result = try transfer.result(in: db)
            result.left = moved.count - back.count
            return result
        }
    }

    /// The episodes that came to the kept client once more, by a later merge, which alone may put them back.
    private static func episodesMovedAfter(
        _ merge: ClientMergeRecord,
        in db: borrowing Access<Writing>
    ) throws -> [EpisodeID] {
        try ClientMergeStore.merges(into: merge.kept, in: db)
            // Keys follow the order of entry, also where the clock was set back in between.
            .filter { $0.kept == merge.kept && $0.id > merge.id }
            .flatMap { try ClientMergeStore.episodes(movedBy: $0.id, in: db) }
    }

    /// What two rows of one person should agree in; never the values.
    private static func differences(_ kept: ClientRecord, _ duplicate: ClientRecord) -> [String] {
        var fields: [String] = []
        if let left = kept.birthDate, let right = duplicate.birthDate, left != right { fields.append("birth date") }
        if kept.sex != duplicate.sex, kept.sex != .unknown, duplicate.sex != .unknown { fields.append("sex") }
        guard !fields.isEmpty else { return [] }
        return [
            "the two do not have the same \(fields.joined(separator: " and ")); if they are two people, take it back: "
                + "followup client merge --undo \(duplicate.clientRef) --reason WHY"
        ]
    }
}

extension ClientRecord {
    /// Refuses whoever does not supervise at the sites of all episodes of the person, voided ones included.
    fileprivate func requireSupervisor(_ actor: Actor, in db: borrowing Access<Writing>) throws {
        let standing = try ClientMergeStore.standing(for: id, in: db)
        for episode in try EpisodeStore.episodes(of: standing, in: db) {
            try actor.require(.supervise, at: episode.site)
        }
    }
}
