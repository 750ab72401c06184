import Foundation

/// What a sanitizer that this run was built with is told; the program is built with the same and told it too.
enum Sanitizers {
    static let environment = ProcessInfo.processInfo.environment.filter { name, _ in
        ["ASAN_OPTIONS", "TSAN_OPTIONS"].contains(name)
    }
}
