import Synchronization

/// How often each use case was done and refused, over all sequences of a process.
enum ModelTally {
    struct Count {
        var done = 0
        var refused = 0
    }

    private static let counts = Mutex<[String: Count]>([:])

    static func add(_ run: [String: Count]) {
        counts.withLock { $0.merge(run) { Count(done: $0.done + $1.done, refused: $0.refused + $1.refused) } }
    }

    static var all: [String: Count] { counts.withLock { $0 } }

    /// One line for each use case.
    static var table: String {
        func column(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(0, width - text.count))
        }
        return all.sorted { $0.key < $1.key }
            .map { "\(column($0.key, 24)) \(column(String($0.value.done), 9)) \($0.value.refused)" }
            .joined(separator: "\n")
    }
}
