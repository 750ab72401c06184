import Foundation
import Testing

/// What the program survives: kills, full disks, crowds. Serialized, because these tests load the machine.
@Suite(.serialized) struct Faults {
    /// `FOLLOWUP_FAULTS=N` repeats what is left to chance N times as often, with other seeds.
    static let rounds: Int = {
        let wish = ProcessInfo.processInfo.environment["FOLLOWUP_FAULTS"].flatMap { Int($0) } ?? 1
        return max(1, wish)
    }()
}
