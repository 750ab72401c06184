import Foundation
import Testing

/// The built program, run as its users run it: a process of its own, with its own environment and never a terminal.
enum CommandLineTool {
    struct Result: Sendable {
        let status: Int32
        let stdout: String
        let stderr: String

        /// The standard error as JSON, for `--format json`.
        var failure: [String: Any]? {
            try? JSONSerialization.jsonObject(with: Data(stderr.utf8)) as? [String: Any]
        }

        /// The standard output as a JSON object.
        var object: [String: Any]? {
            try? JSONSerialization.jsonObject(with: Data(stdout.utf8)) as? [String: Any]
        }
    }

    struct NotFinished: Error {}

    /// Beside the test bundle, where the build puts both.
    static let path: String = {
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let beside = URL(filePath: bundle).deletingLastPathComponent().appending(path: "followup").path
        if FileManager.default.isExecutableFile(atPath: beside) { return beside }
        // A runner that loads the bundle is not beside it; the bundle is among its arguments.
        let named = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? ""
        return URL(filePath: named).deletingLastPathComponent().appending(path: "followup").path
    }()

    /// Seconds after which a run counts as hung; arbitrary, and far more than the slowest takes.
    private static let limit = 60.0

    /// Runs the program. What is not in `environment` is not set, but for what a sanitizer is told.
    ///
    /// - Parameter program: another program that starts this one, such as `setpriv`, with its arguments.
    static func run(
        _ arguments: [String],
        stdin: Data = Data(),
        environment: [String: String],
        under program: [String] = [],
        stdoutPath: String? = nil
    ) throws -> Result {
        try OutputFixture.inTemporaryFolder { folder in
            let process = Process()
            let words = program + [path] + arguments
            process.executableURL = URL(filePath: words[0])
            process.arguments = Array(words.dropFirst())
            process.environment = environment.merging(Sanitizers.environment) { $1 }
            let files = try ["in", "out", "err"].map { name in
                let file = "\(folder)/\(name)"
                try (name == "in" ? stdin : Data()).write(to: URL(filePath: file))
                return file
            }
            process.standardInput = try FileHandle(forReadingFrom: URL(filePath: files[0]))
            process.standardOutput = try FileHandle(forWritingTo: URL(filePath: stdoutPath ?? files[1]))
            process.standardError = try FileHandle(forWritingTo: URL(filePath: files[2]))
            try process.run()
            let deadline = Date(timeIntervalSinceNow: limit)
            while process.isRunning, Date() < deadline { usleep(1_000) }
            guard !process.isRunning else {
                process.terminate()
                throw NotFinished()
            }
            process.waitUntilExit()
            return Result(
                status: process.terminationReason == .exit
                    ? process.terminationStatus : 128 + process.terminationStatus,
                stdout: try text(files[1]),
                stderr: try text(files[2])
            )
        }
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }
}
