import Foundation
import Testing

/// The program at a terminal that answers when it is asked, as people do. The terminal is the one that controls the
/// program, so that Ctrl-C reaches it.
final class TalkingTerminal {
    struct Result {
        let status: Int32
        let stdout: String
        /// What the person saw, questions and echo included; line ends are those of a terminal.
        let screen: String
    }

    struct NoTerminal: Error {}
    struct NoQuestion: Error { let screen: String }

    /// Ctrl-C, and Ctrl-D at the start of a line.
    static let interrupt = "\u{3}"
    static let endOfInput = "\u{4}"

    /// Seconds after which a program counts as hung; arbitrary, and far more than the slowest takes.
    private static let limit = 60.0

    private var terminal: Int32
    private let process = Process()
    private let output: String
    private var screen: [UInt8] = []

    /// - Parameter program: what is started with the arguments; the built program unless it is said.
    init(_ arguments: [String], environment: [String: String], program: String = CommandLineTool.path) throws {
        terminal = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard terminal >= 0 else { throw NoTerminal() }
        output = FileManager.default.temporaryDirectory.appending(path: "followup-talk-\(UUID().uuidString)").path
        try Data().write(to: URL(filePath: output))
        var isLocked: Int32 = 0
        var number: Int32 = -1
        // TIOCSPTLCK and TIOCGPTN, macros that are not imported; posix_openpt(3) and its kin are not either.
        guard unsafe ioctl(terminal, 0x4004_5431, &isLocked) == 0, unsafe ioctl(terminal, 0x8004_5430, &number) == 0
        else { throw NoTerminal() }
        let person = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard person >= 0 else { throw NoTerminal() }
        defer { close(person) }
        // A session of its own, whose terminal this is; the status that comes back is the program's. The threads that
        // run tests block signals, and what they start would inherit it.
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["--default-signal", "/usr/bin/setsid", "--ctty", "--wait", program] + arguments
        process.environment = environment.merging(Sanitizers.environment.merging(["TERM": "dumb"]) { $1 }) { $1 }
        process.standardInput = FileHandle(fileDescriptor: person, closeOnDealloc: false)
        process.standardError = FileHandle(fileDescriptor: person, closeOnDealloc: false)
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        try process.run()
    }

    deinit {
        if process.isRunning { process.terminate() }
        if terminal >= 0 { close(terminal) }
        try? FileManager.default.removeItem(atPath: output)
    }

    /// Waits for a question and answers it with a line, or with keys such as Ctrl-C.
    func answer(_ text: String) throws {
        let isKey = text == Self.interrupt || text == Self.endOfInput
        try waitForQuestion()
        // What is typed shows at once; the question it answers must not be taken for the next one.
        if !isKey { asked = screen.count + text.utf8.count + 1 }
        type(isKey ? text : text + "\n")
    }

    /// Types without waiting for anything.
    func type(_ text: String) {
        var bytes = Array(text.utf8)
        _ = unsafe bytes.withUnsafeMutableBytes { unsafe write(terminal, $0.baseAddress, $0.count) }
    }

    /// Closes the terminal, as a lost connection or the lid of a laptop does.
    func hangUp() {
        close(terminal)
        terminal = -1
    }

    /// Lets the program go on until something has come of it.
    func wait(until isDone: () throws -> Bool) throws {
        let end = Date(timeIntervalSinceNow: Self.limit)
        while try !isDone() {
            guard Date() < end, process.isRunning else { throw NoQuestion(screen: text) }
            _ = try read(within: 0.02)
        }
    }

    /// What became of the program, which must have nothing left to ask.
    func finish() throws -> Result {
        while terminal >= 0, try read() {}
        // A program that outlives its terminal is waited for without blocking.
        let end = Date(timeIntervalSinceNow: Self.limit)
        while process.isRunning {
            guard Date() < end else { throw NoQuestion(screen: text) }
            usleep(1_000)
        }
        let stdout = String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self)
        let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        return Result(status: status, stdout: stdout, screen: text)
    }

    private var text: String { String(decoding: screen, as: UTF8.self) }

    /// How much of the screen the answers so far account for.
    private var asked = 0

    /// A question ends with a colon and waits behind it; a text of several lines waits at the start of each.
    func waitForQuestion() throws {
        while true {
            let shown = text
            if screen.count > asked, shown.hasSuffix(": ") || isInText(shown) { return }
            guard try read() else { throw NoQuestion(screen: text) }
        }
    }

    private func isInText(_ shown: String) -> Bool {
        guard let start = shown.range(of: "(end with a single . on a line)\r\n", options: .backwards) else {
            return false
        }
        let typed = "\r\n" + shown[start.upperBound...]
        return typed.hasSuffix("\r\n") && !typed.contains("\r\n.\r\n")
    }

    /// Waits for more to be shown; false at the end of the program.
    private func read() throws -> Bool {
        guard let isMore = try read(within: Self.limit) else { throw NoQuestion(screen: text) }
        return isMore
    }

    /// - Returns: nil when nothing was shown in so many seconds.
    private func read(within seconds: Double) throws -> Bool? {
        var block = [UInt8](repeating: 0, count: 4_096)
        var wait = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&wait, 1, Int32(seconds * 1_000)) > 0 else { return nil }
        let count = unsafe block.withUnsafeMutableBytes { unsafe Foundation.read(terminal, $0.baseAddress, $0.count) }
        guard count > 0 else { return false }
        screen += block[..<count]
        return true
    }
}
