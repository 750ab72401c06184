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
        arguments: [
            (ImportedCaseload.inFlight, "2026-10-20T09:00"), (ImportedCaseload.severalEpisodes, "2024-02-20T09:00"),
        ],
        [1, 2, 7, 100, SummaryStore.batchLength]
    )
    func `a batch has the outline of each settled case, and the history of each other one`(
        _ made: (arguments: [String], asOf: String),
        batchLength: Int
    ) throws {
        let caseload = try ImportedCaseload.of(made.arguments)
        let connection = try Database.open(
            caseload.path,
            .readOnly,
            now: caseload.now.seconds,
            programVersion: ProgramVersion.current
        )
        let asOf = try caseload.zone.parse(made.asOf, now: caseload.now)
        try connection.read { db in
            var numbers: [CaseNumber] = []
            var settled = 0
            try SummaryStore.forEachBatch(
                calledFrom: .distantPast,
                before: .distantFuture,
                asOf: asOf,
                at: .all,
                batchLength: batchLength,
                in: db
            ) { batch in
                #expect(batch.rows.count <= batchLength)
                for row in batch.rows {
                    numbers.append(row.caseNumber)
                    let record = try #require(try EpisodeStore.find(row.caseNumber, in: db))
                    let alone = try HistoryStore.history(of: record, in: db)
                    #expect(row.sourceRef.map(batch.text) == record.sourceRef)
                    #expect(row.arrivedAt == record.arrivedAt && row.dischargedOn == record.discharge?.on)
                    switch row.course {
                    case .settled(let outline):
                        settled += 1
                        #expect(alone.latest <= asOf)
                        #expect(outline.visits == alone.visits.count && outline.plans == alone.plans.count)
                        #expect(outline.referrals == alone.referrals.count)
                    case .unsettled(let place):
                        #expect(alone.latest > asOf || alone.discharge == nil)
                        let history = batch.histories[place]
                        #expect(history.visits == alone.visits)
                        #expect(history.plans == alone.plans)
                        #expect(history.extensions == alone.extensions)
                        #expect(history.reviews == alone.reviews)
                        #expect(history.planDeclinedAt == alone.planDeclinedAt)
                        #expect(history.referrals == alone.referrals)
                        #expect(history.arrivedAt == alone.arrivedAt && history.discharge == alone.discharge)
                    case nil:
                        Issue.record("a row without its course")
                    }
                }
            }
            #expect(settled > 0 && settled < numbers.count)
            var expected: [CaseNumber] = []
            try EpisodeStore.forEach(calledFrom: .distantPast, before: .distantFuture, at: .all, in: db) {
                expected.append($0.caseNumber)
            }
            #expect(numbers == expected)
        }
    }
}
