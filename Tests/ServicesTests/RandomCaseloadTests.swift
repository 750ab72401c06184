import CaseloadOracle
import CivilTime
import CrisisCare
import Services
import Storage
import Testing

/// Lists, summaries and files of caseloads that no generator of plausible ones makes; some of their rows are refused.
struct RandomCaseloadTests {
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `what was kept of an odd caseload is listed as the naive reading lists it`(seed: UInt64) throws {
        let agency = try TestAgency()
        let random = RandomFiles(cases: 40, seed: seed, zone: agency.zone, now: agency.now)
        var files = random.files
        var rejected: [CaseloadFile: Set<Int>] = [:]
        let listener = ImportListener(rejected: { row, _ in rejected[row.file, default: []].insert(row.line) })
        let summary = try agency.take(files, { $0.skipsRejected = true }, listener: listener)
        #expect(summary.count(.kept, of: .episodes) > 25, "seed \(seed)")
        #expect(summary.count(.refused) > 0 && summary.count(.refused) < summary.count(.kept), "seed \(seed)")
        files.remove(rejected)
        let folder = agency.folder + "/kept"
        try files.write(to: folder)
        let naive = try NaiveCaseload(directory: folder)
        let refs = try agency.read { db in
            var refs: [CaseNumber: String] = [:]
            try EpisodeStore.forEach(calledFrom: .distantPast, before: .distantFuture, at: .all, in: db) { record in
                refs[record.caseNumber] = record.sourceRef
            }
            return refs
        }
        #expect(try agency.errors() == [], "seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let session = try agency.open()
        var listed = try expectSameOverdue(session, naive, refs: refs, asOf: nil, "seed \(seed)")
        try expectSameSummary(session, naive, refs: refs, asOf: nil, "seed \(seed)")
        for round in 0..<30 {
            let random = agency.now.adding(seconds: -Int64.random(in: 0..<(70 * 86_400), using: &generator))
            let open = naive.open(asOf: random.seconds)
            let instants =
                [random]
                + (open.isEmpty
                    ? []
                    : [generator.one(of: open).dueAt].flatMap { due in
                        [Instant(seconds: due), Instant(seconds: due + 1)].filter { $0 < agency.now }
                    })
            for instant in instants {
                listed += try expectSameOverdue(session, naive, refs: refs, asOf: instant, "seed \(seed)")
            }
            guard round % 6 == 0 else { continue }
            try expectSameSummary(session, naive, refs: refs, asOf: random, "seed \(seed)")
        }
        #expect(listed > 500, "seed \(seed)")
        // Days later, without any process in between.
        let later = try agency.open(at: agency.now.adding(seconds: 12 * 86_400))
        try expectSameOverdue(later, naive, refs: refs, asOf: nil, "seed \(seed)")
    }
}
