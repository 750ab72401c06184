import Foundation
import Testing

/// Random sequences of use cases by several people, each step beside a simple notebook. With FOLLOWUP_MODEL=N as many
/// sequences are run; a failure names its seed and step, and FOLLOWUP_MODEL_SEED=S runs that sequence alone.
@Suite(.serialized) struct ModelTests {
    /// Sequences of `make test`, and the steps of each; arbitrary.
    private static let few: UInt64 = 12
    private static let steps = 80

    private static let environment = ProcessInfo.processInfo.environment

    private static var seeds: ClosedRange<UInt64> {
        if let seed = environment["FOLLOWUP_MODEL_SEED"].flatMap(UInt64.init) { return seed...seed }
        let first = environment["FOLLOWUP_MODEL_FIRST"].flatMap(UInt64.init) ?? 1
        return first...(first + (environment["FOLLOWUP_MODEL"].flatMap(UInt64.init) ?? few) - 1)
    }

    @Test func `the program accepts, refuses, audits, owes and counts as the notebook says`() throws {
        let start = Date()
        for seed in Self.seeds {
            var run = try ModelRun(seed: seed)
            for step in 1...Self.steps where !run.hasFailed {
                try run.take()
                if step.isMultiple(of: 20) { try run.checkFigures() }
            }
            ModelTally.add(run.counts)
        }
        // A use case that never happens, or never is refused, is not tested.
        let many = Self.seeds.count >= 1_000
        for (name, count) in ModelTally.all where many { #expect(count.done > 0, "\(name)") }
        guard Self.environment["FOLLOWUP_MODEL"] != nil else { return }
        let sum = ModelTally.all.values.reduce(0) { $0 + $1.done + $1.refused }
        let seconds = Int(Date().timeIntervalSince(start))
        print("\(Self.seeds.count) sequences, \(Self.seeds.count * Self.steps) steps, \(sum) acts, \(seconds) s")
        print("use case                 done      refused\n\(ModelTally.table)")
    }
}
