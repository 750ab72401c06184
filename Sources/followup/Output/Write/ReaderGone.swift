internal import Glibc

/// The program that read the output has ended, as `head` does: there is nobody left to tell.
struct ReaderGone: Error {
    /// What a shell reports for a program that a closed pipe ended (128 + SIGPIPE); nothing is printed.
    static let exitCode: Int32 = 128 + SIGPIPE

    /// Lets a closed pipe be seen as an error, so that what a command began is ended in order.
    ///
    /// Called once, before any output.
    static func becomesAnError() {
        _ = signal(SIGPIPE, SIG_IGN)
    }
}
