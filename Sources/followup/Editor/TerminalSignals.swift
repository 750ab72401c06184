internal import Glibc

/// What ends a program from the terminal or the machine: Ctrl-C, Ctrl-\, a hang-up, a shutdown.
enum TerminalSignals {
    static let all = [SIGINT, SIGQUIT, SIGHUP, SIGTERM]

    /// Does something that must not be broken off, such as cleaning up.
    static func ignored<Result>(during body: () throws(Failure) -> Result) throws(Failure) -> Result {
        let handlers = all.map { signal($0, SIG_IGN) }
        defer { for (number, handler) in zip(all, handlers) { _ = signal(number, handler) } }
        return try body()
    }
}
