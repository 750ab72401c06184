import CivilTime
import CrisisCare
import SQLite
import Services
import Storage
import Testing

/// What the summaries read in batches is what is read of each case alone.
struct SummaryBatchTests {
    /// Small batches have keys far apart, which are read piece by piece; the last one holds all.
    @Test(
        arguments: [ImportedCaseload.inFlight, ImportedCaseload.severalEpisodes],
        [1, 2, 7, 100, SummaryStore.batchLength]
    )
    func `a batch has the history of each of its cases`(arguments: [String], batchLength: Int) throws {
        let caseload = try ImportedCaseload.of(arguments)
        let connection = try Database.open(
            caseload.path,
            .readOnly,
            now: caseload.now.seconds,
            programVersion: ProgramVersion.current
        )
        try connection.read { db in
            var numbers: [CaseNumber] = []
            try SummaryStore.forEachBatch(
                calledFrom: .distantPast,
                before: .distantFuture,
                at: .all,
                batchLength: batchLength,
                in: db
            ) { batch in
                #expect(batch.rows.count <= batchLength)
                for row in batch.rows {
                    numbers.append(row.caseNumber)
                    let record = try #require(try EpisodeStore.find(row.caseNumber, in: db))
                    let alone = try HistoryStore.history(of: record, in: db)
                    let batched = batch.history(of: row)
                    #expect(batched.visits == alone.visits)
                    #expect(batched.plans == alone.plans)
                    #expect(batched.extensions == alone.extensions)
                    #expect(batched.reviews == alone.reviews)
                    #expect(batched.planDeclinedAt == alone.planDeclinedAt)
                    #expect(Set(batched.referrals) == Set(alone.referrals))
                    #expect(batched.arrivedAt == alone.arrivedAt && batched.discharge == alone.discharge)
                }
            }
            var expected: [CaseNumber] = []
            try EpisodeStore.forEach(calledFrom: .distantPast, before: .distantFuture, at: .all, in: db) {
                expected.append($0.caseNumber)
            }
            #expect(numbers == expected)
        }
    }
}
