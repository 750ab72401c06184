import Foundation
import Testing

/// Random sequences of use cases by several people, each step beside a simple notebook. With FOLLOWUP_MODEL=N as many
/// sequences are run; a failure names its seed, and FOLLOWUP_MODEL_SEED=S runs that one alone.
struct ModelTests {
    /// Sequences of one argument of the test; arbitrary.
    private static let few: UInt64 = 4
    private static let steps = 60

    private static var seeds: [UInt64] {
        let environment = ProcessInfo.processInfo.environment
        if let seed = environment["FOLLOWUP_MODEL_SEED"].flatMap(UInt64.init) { return [seed] }
        return Array(1...(environment["FOLLOWUP_MODEL"].flatMap(UInt64.init) ?? few))
    }

    @Test(arguments: seeds)
    func `the program accepts, refuses, audits and counts as the notebook says`(seed: UInt64) throws {
        var run = try ModelRun(seed: seed)
        for step in 1...Self.steps {
            try run.take()
            if step.isMultiple(of: 15) { try run.checkFigures() }
        }
        // A sequence that is refused throughout, or never, shows nothing.
        #expect(run.accepted > 10 && run.refused > 5, "seed \(seed)")
    }
}
