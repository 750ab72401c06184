private import Foundation
private import Synchronization

/// Directories that the caseload generator has filled, one for each list of arguments, made once in a process.
package enum GeneratedCaseload {
    private static let made = Mutex<[[String]: String]>([:])

    /// The directory with the five files and `expected.json`. It is shared: read only, and removed at exit.
    ///
    /// `arguments` are the generator's, without its output directory. Throws when `python` is not on the PATH or
    /// the generator fails.
    package static func make(arguments: [String] = [], python: String = "python3") throws -> String {
        let interpreter = try find(python)
        return try made.withLock { made in
            if let directory = made[arguments] { return directory }
            if made.isEmpty { atexit { GeneratedCaseload.removeAll() } }
            let directory = FileManager.default.temporaryDirectory
                .appendingPathComponent("caseload-\(UUID().uuidString)").path
            // Entered before it is filled, so that a generator that stops half way leaves nothing behind.
            made[arguments] = directory
            do {
                try run(interpreter, arguments: [script, directory] + arguments)
            } catch {
                made[arguments] = nil
                try? FileManager.default.removeItem(atPath: directory)
                throw error
            }
            return directory
        }
    }

    /// Removes every directory made so far; the next `make` fills a new one.
    package static func removeAll() {
        made.withLock { made in
            for directory in made.values { try? FileManager.default.removeItem(atPath: directory) }
            made.removeAll()
        }
    }

    private static var script: String {
        URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Caseload/data/make_caseload.py").path
    }

    private static func find(_ program: String) throws -> String {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        for folder in path.split(separator: ":") {
            let candidate = "\(folder)/\(program)"
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
        }
        throw NaiveError("\(program) is not on the PATH: install it to make the test caseload (apt install python3)")
    }

    private static func run(_ program: String, arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let complaint = Pipe()
        process.standardError = complaint
        try process.run()
        // Read to the end before waiting: a full pipe would stop the generator for good.
        let said = complaint.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let text = String(decoding: said, as: UTF8.self)
            throw NaiveError("the generator ended with status \(process.terminationStatus): \(text)")
        }
    }
}
