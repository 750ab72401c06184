import Foundation
import Testing

/// The program at a terminal: its input and its standard error are a pseudo-terminal, and somebody has typed ahead.
enum PretendTerminal {
    struct Result {
        let status: Int32
        let stdout: String
        /// What the person saw, questions and echo included.
        let screen: String
    }

    struct NoTerminal: Error {}

    /// Ctrl-D at the start of a line: the end of the input.
    static let endOfInput = "\u{4}"

    /// - Parameter program: another program that starts this one, with its arguments.
    static func run(
        _ arguments: [String],
        typing lines: [String],
        environment: [String: String],
        under program: [String] = []
    ) throws -> Result {
        let terminal = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
        guard terminal >= 0 else { throw NoTerminal() }
        defer { close(terminal) }
        var isLocked: Int32 = 0
        var number: Int32 = -1
        // TIOCSPTLCK and TIOCGPTN, macros that are not imported; posix_openpt(3) and its kin are not either.
        guard unsafe ioctl(terminal, 0x4004_5431, &isLocked) == 0, unsafe ioctl(terminal, 0x8004_5430, &number) == 0
        else { throw NoTerminal() }
        let name = "/dev/pts/\(number)"
        let person = unsafe open(name, O_RDWR | O_NOCTTY)
        guard person >= 0 else { throw NoTerminal() }
        return try OutputFixture.inTemporaryFolder { folder in
            let process = Process()
            let words = program + [CommandLineTool.path] + arguments
            process.executableURL = URL(filePath: words[0])
            process.arguments = Array(words.dropFirst())
            process.environment = environment.merging(Sanitizers.environment.merging(["TERM": "dumb"]) { $1 }) { $1 }
            try Data().write(to: URL(filePath: folder + "/out"))
            process.standardInput = FileHandle(fileDescriptor: person, closeOnDealloc: false)
            process.standardError = FileHandle(fileDescriptor: person, closeOnDealloc: false)
            process.standardOutput = try FileHandle(forWritingTo: URL(filePath: folder + "/out"))
            try process.run()
            close(person)
            let typed = lines.map { $0 == endOfInput ? $0 : $0 + "\n" }.joined()
            var bytes = Array(typed.utf8)
            _ = unsafe bytes.withUnsafeMutableBytes { unsafe write(terminal, $0.baseAddress, $0.count) }
            let screen = read(terminal)
            process.waitUntilExit()
            let stdout = String(decoding: try Data(contentsOf: URL(filePath: folder + "/out")), as: UTF8.self)
            return Result(status: process.terminationStatus, stdout: stdout, screen: screen)
        }
    }

    /// All that is shown until the program ends and with it the terminal, or until it has hung for a minute.
    private static func read(_ terminal: Int32) -> String {
        var screen: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4_096)
        while true {
            var wait = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&wait, 1, 60_000) > 0 else { break }
            let count = unsafe block.withUnsafeMutableBytes {
                unsafe Foundation.read(terminal, $0.baseAddress, $0.count)
            }
            guard count > 0 else { break }
            screen += block[..<count]
        }
        return String(decoding: screen, as: UTF8.self)
    }
}
