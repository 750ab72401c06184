internal import Glibc
internal import Sealing

/// Lines that a person types and that are not shown.
enum HiddenLines {
    private static let pollMilliseconds: Int32 = 50

    /// Asks each question and reads one line for it, without echo. The terminal is as it was afterwards, also when
    /// Ctrl-C or Ctrl-Z comes in between.
    ///
    /// - Parameter most: bytes of a line; a longer one is refused.
    static func ask(
        _ questions: [String],
        most: Int,
        input: Int32 = 0,
        output: Int32 = 2
    ) throws(Failure) -> [[UInt8]] {
        var usual = termios()
        guard unsafe tcgetattr(input, &usual) == 0 else {
            throw Failure.system("the terminal cannot be asked", code: errno)
        }
        var signals = sigset_t()
        var before = sigset_t()
        unsafe sigemptyset(&signals)
        for number in TerminalSignals.all + [SIGTSTP] { unsafe sigaddset(&signals, number) }
        unsafe pthread_sigmask(SIG_BLOCK, &signals, &before)
        hide(input, usual)
        defer {
            unsafe tcsetattr(input, TCSAFLUSH, &usual)
            unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
        }
        var lines: [[UInt8]] = []
        for question in questions {
            try? Descriptor.write(Array("\(question): ".utf8), to: output)
            while !isReady(input) {
                guard isPending(TerminalSignals.all + [SIGTSTP]) else { continue }
                // The signal does now what it does: ends the program, or stops it until it is called back.
                unsafe tcsetattr(input, TCSAFLUSH, &usual)
                unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
                unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
                hide(input, usual)
                try? Descriptor.write(Array("\(question): ".utf8), to: output)
            }
            lines.append(try line(input, most: most))
        }
        return lines
    }

    /// What was typed before the question is thrown away: it was shown.
    private static func hide(_ input: Int32, _ usual: termios) {
        var hidden = usual
        hidden.c_lflag &= ~tcflag_t(ECHO)
        hidden.c_lflag |= tcflag_t(ECHONL | ICANON)
        unsafe tcsetattr(input, TCSAFLUSH, &hidden)
    }

    private static func isReady(_ input: Int32) -> Bool {
        var wait = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&wait, 1, pollMilliseconds) > 0
    }

    private static func isPending(_ numbers: [Int32]) -> Bool {
        var pending = sigset_t()
        unsafe sigpending(&pending)
        return numbers.contains { unsafe sigismember(&pending, $0) == 1 }
    }

    /// A terminal hands over one line at a time.
    private static func line(_ input: Int32, most: Int) throws(Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: most + 1)
        defer { Passphrase.wipe(&bytes) }
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(input, $0.baseAddress, $0.count) }
        guard count > 0 else {
            throw Failure(.usage, "the input ended before every question was answered", hint: "Nothing was saved.")
        }
        let hasEnd = bytes[count - 1] == UInt8(ascii: "\n")
        guard hasEnd || count <= most else {
            throw Failure(.usage, "the answer is longer than \(most) bytes", hint: "Nothing was saved.")
        }
        return Array(bytes[..<(hasEnd ? count - 1 : count)])
    }
}
