internal import Glibc

/// Another program that has the terminal until it ends.
enum ChildProcess {
    /// Runs a program and waits for it. What ends a program from the terminal reaches it even where this one ignores it.
    /// - Returns: its exit status; a signal that ended it counts as a failure.
    static func run(_ words: [String]) throws(Failure) -> Int32 {
        var defaults = sigset_t()
        unsafe sigemptyset(&defaults)
        // SIGPIPE is ignored by this program, and what it starts would inherit that.
        for number in TerminalSignals.all + [SIGPIPE] { unsafe sigaddset(&defaults, number) }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        var arguments: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var process: pid_t = 0
        let code = unsafe posix_spawn(&process, words[0], nil, &attributes, &arguments, environ)
        guard code == 0 else { throw Failure.system("the editor cannot be started", code: code) }
        var status: Int32 = 0
        while unsafe waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw Failure.system("the editor cannot be waited for", code: errno) }
        }
        let wasSignaled = status & 0x7F != 0
        return wasSignaled ? 1 : (status >> 8) & 0xFF
    }
}
