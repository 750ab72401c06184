internal import CrisisCare
internal import SQLite
internal import Storage

/// Episodes that change hands between two clients; what is recorded of both has to add up as before.
struct EpisodeTransfer {
    private let kept: ClientRecord
    private let duplicate: ClientRecord
    private let keptBefore: ClientRecordCounts
    private let duplicateBefore: ClientRecordCounts
    private var moved: [CaseNumber] = []

    init(between kept: ClientRecord, _ duplicate: ClientRecord, in db: borrowing Access<Writing>) throws {
        self.kept = kept
        self.duplicate = duplicate
        keptBefore = try ClientStore.counts(of: kept.id, in: db)
        duplicateBefore = try ClientStore.counts(of: duplicate.id, in: db)
    }

    /// No rule and no deadline looks at who the client is, so that the row alone is written; voided ones move too.
    mutating func move(
        _ episode: EpisodeRecord,
        from old: ClientRecord,
        to new: ClientRecord,
        reason: String,
        merge: RecordID<ClientMergeRecord>,
        _ change: inout Change,
        in db: borrowing Access<Writing>
    ) throws {
        var record = episode
        record.client = new.id
        record.version += 1
        guard try EpisodeStore.update(record, readAtVersion: episode.version, in: db) else {
            throw try StaleEpisode.refusal(episode.id, episode.caseNumber, read: episode.version, in: db)
        }
        var detail = AuditDetail()
        detail.add("version", from: Int64(episode.version), to: Int64(record.version))
        detail.add("client_ref", from: old.clientRef, to: new.clientRef)
        detail.add("reason", from: nil, to: reason)
        try change.audit(episode: episode.id, record: merge.value, detail: detail.json, in: db)
        moved.append(episode.caseNumber)
    }

    /// Gives both a version that neither had: an edit made from what was shown before is stale, whichever of the two
    /// references it names. Two entries of the audit tell of the clients themselves.
    func finish(reason: String, _ change: inout Change, in db: borrowing Access<Writing>) throws {
        let versions = try [kept, duplicate].map { try ClientStore.version(of: $0.id, in: db) }
        let version = (versions.max() ?? 0) + 1
        let isMerged = try ClientMergeStore.merge(of: duplicate.id, in: db) != nil
        for (client, old) in zip([kept, duplicate], versions) {
            try ClientStore.update(client.id, toVersion: version, in: db)
            var detail = AuditDetail()
            detail.add("version", from: Int64(old), to: Int64(version))
            let field = client.id == kept.id ? "merged_duplicate" : "merged_into"
            let other = client.id == kept.id ? duplicate.clientRef : kept.clientRef
            detail.add(field, from: isMerged ? nil : other, to: isMerged ? other : nil)
            detail.add("reason", from: nil, to: reason)
            try change.audit(record: client.id.value, detail: detail.json, in: db)
        }
    }

    func result(in db: borrowing Access<Writing>) throws -> ClientMerge {
        let result = ClientMerge(
            kept: kept.clientRef,
            duplicate: duplicate.clientRef,
            moved: moved,
            keptBefore: keptBefore,
            duplicateBefore: duplicateBefore,
            keptAfter: try ClientStore.counts(of: kept.id, in: db),
            duplicateAfter: try ClientStore.counts(of: duplicate.id, in: db)
        )
        guard result.keptAfter + result.duplicateAfter == keptBefore + duplicateBefore else { throw MergeMiscount() }
        return result
    }
}

/// The records do not add up after a merge: a defect, after which nothing is kept.
struct MergeMiscount: Error {}
