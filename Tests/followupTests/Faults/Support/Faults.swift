import Foundation

/// What the program survives: kills, full disks, crowds. Each suite is serialized, because its tests load the machine.
enum Faults {
    /// `FOLLOWUP_FAULTS=N` repeats what is left to chance N times as often, with other seeds.
    static let rounds: Int = {
        let wish = ProcessInfo.processInfo.environment["FOLLOWUP_FAULTS"].flatMap { Int($0) } ?? 1
        return max(1, wish)
    }()
}
