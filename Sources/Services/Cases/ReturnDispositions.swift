internal import CivilTime
package import CrisisCare
internal import SQLite
package import Storage

/// What a file told about one case.
package struct ToldDisposition: Sendable {
    package let caseNumber: CaseNumber
    let episode: EpisodeID
    let disposition: TransferDisposition
    let arrivedAt: Instant?
    let dischargedOn: CivilDate?

    package init(_ record: EpisodeRecord, _ disposition: TransferDisposition) {
        caseNumber = record.caseNumber
        episode = record.id
        self.disposition = disposition
        arrivedAt = record.arrivedAt
        dischargedOn = record.discharge?.on
    }

    /// Whether the case still is as the file has it.
    func holds(for record: EpisodeRecord, _ codes: CodeBook) -> Bool {
        record.voidedAt == nil && record.isWarmTransfer && arrivedAt == record.arrivedAt
            && dischargedOn == record.discharge?.on && disposition == TransferDisposition(of: record, codes)
    }
}

extension Session {
    /// Marks what a file told as returned to the call centers, in one transaction.
    ///
    /// What changed since the file was read stays owed, and so does what can not be told yet; what was returned before
    /// and still holds is left as it is.
    /// - Returns: how many cases were marked.
    package borrowing func returnDispositions(_ told: [ToldDisposition], isDryRun: Bool = false) throws -> Int {
        try change("disposition return", needing: .writeCases, isDryRun: isDryRun) { change, db in
            let codes = try CodeStore.book(in: db)
            var count = 0
            for told in told where told.disposition.isKnown {
                guard let record = try EpisodeStore.find(told.episode, in: db), told.holds(for: record, codes),
                    try DispositionStore.last(of: record.id, in: db)?.isCurrent != true
                else { continue }
                try change.actor.require(.writeCases, at: record.site)
                let key = RecordID<DispositionReturn>(change.keys.next())
                try DispositionStore.insert(
                    key,
                    of: record.id,
                    told: told.disposition.text,
                    at: change.now,
                    by: change.actor.staff,
                    in: db
                )
                var detail = AuditDetail()
                detail.add("disposition", from: nil, to: told.disposition.text)
                try change.audit(episode: record.id, record: key.value, detail: detail.json, in: db)
                count += 1
            }
            // A command that changed nothing leaves its entry too.
            if count == 0 { try change.audit(in: db) }
            return count
        }
    }
}
