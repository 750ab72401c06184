import CaseloadOracle
import CivilTime
import CrisisCare
import Testing

/// `export summary`, cell by cell, against a second reading of the practice over the same files.
struct SummaryOracleTests {
    @Test(arguments: ImportedCaseload.all)
    func `every cell of the summary is what the files say, now and at earlier instants`(arguments: [String]) throws {
        let caseload = try ImportedCaseload.of(arguments)
        let seed: UInt64 = 3
        var instants: [Instant?] = [nil]
        if !arguments.isEmpty {
            let earlier = InstantSample.of(caseload, seed: seed, rounds: 1)
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<2 { instants.append(generator.one(of: earlier)) }
            instants.append(earlier.last)
        }
        let session = try caseload.open()
        for instant in instants {
            try expectSameSummary(session, caseload.naive, refs: caseload.refs, asOf: instant, "seed \(seed)")
        }
    }
}
