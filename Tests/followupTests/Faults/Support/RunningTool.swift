import Foundation
import Testing

/// The program as a process that has been started and not yet waited for: to run beside others, or to be killed.
///
/// Its streams are files of a folder of its own, so that nobody has to read them meanwhile.
final class RunningTool {
    private let process = Process()
    private let folder: String

    /// Seconds after which it counts as hung; arbitrary, and far more than the slowest takes on a busy machine.
    private static let limit = 120.0

    /// - Parameter program: another program that starts this one, such as `strace`, with its arguments.
    init(_ arguments: [String], environment: [String: String], stdin: String = "", under program: [String] = []) throws
    {
        folder = NSTemporaryDirectory() + "followup-run-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let words = program + [CommandLineTool.path] + arguments
        process.executableURL = URL(filePath: words[0])
        process.arguments = Array(words.dropFirst())
        process.environment = environment.merging(Sanitizers.environment) { $1 }
        for (name, content) in [("in", stdin), ("out", ""), ("err", "")] {
            try Data(content.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
        }
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: folder + "/in"))
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: folder + "/out"))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: folder + "/err"))
        try process.run()
    }

    deinit {
        if process.isRunning { kill() }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// As by `kill -9`: the process gets no chance to tidy up.
    func kill(by signal: Int32 = SIGKILL) {
        _ = Foundation.kill(process.processIdentifier, signal)
    }

    /// Waits for the end. A process that was killed has the status 128 and the signal's number.
    func wait() throws -> CommandLineTool.Result {
        let deadline = Date(timeIntervalSinceNow: Self.limit)
        while process.isRunning, Date() < deadline { usleep(500) }
        guard !process.isRunning else {
            kill()
            throw CommandLineTool.NotFinished()
        }
        process.waitUntilExit()
        return CommandLineTool.Result(
            status: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
            stdout: try text("out"),
            stderr: try text("err")
        )
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(name)")), as: UTF8.self)
    }
}

extension TestAgency {
    /// Starts the program on this agency's database as one of its people.
    func start(_ arguments: [String], as login: String = "bea", under program: [String] = []) throws -> RunningTool {
        try RunningTool(arguments, environment: environment(as: login), under: program)
    }
}
