import Foundation

/// The program's output at a terminal of a given width: what a person would see, colors left in.
enum Screen {
    struct NoTerminal: Error {}

    /// What is on the screen when the program has ended, with line ends as the program wrote them.
    ///
    /// - Parameter term: `dumb` is a terminal without colors.
    static func run(
        _ arguments: [String],
        columns: UInt16,
        term: String = "dumb",
        environment: [String: String]
    ) throws -> String {
        let terminal = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard terminal >= 0 else { throw NoTerminal() }
        defer { close(terminal) }
        var isLocked: Int32 = 0
        var number: Int32 = -1
        // TIOCSPTLCK and TIOCGPTN, macros that are not imported.
        guard unsafe ioctl(terminal, 0x4004_5431, &isLocked) == 0, unsafe ioctl(terminal, 0x8004_5430, &number) == 0
        else { throw NoTerminal() }
        var size = winsize(ws_row: 50, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        let person = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard person >= 0, unsafe ioctl(person, UInt(TIOCSWINSZ), &size) == 0 else { throw NoTerminal() }
        let process = Process()
        process.executableURL = URL(filePath: CommandLineTool.path)
        process.arguments = arguments
        process.environment = environment.merging(Sanitizers.environment.merging(["TERM": term]) { $1 }) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(fileDescriptor: person, closeOnDealloc: false)
        process.standardError = FileHandle(fileDescriptor: person, closeOnDealloc: false)
        try process.run()
        close(person)
        let screen = read(terminal)
        process.waitUntilExit()
        return screen.replacing("\r\n", with: "\n")
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
