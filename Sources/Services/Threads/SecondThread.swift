internal import Glibc
internal import Synchronization

/// A thread beside this one, for as long as a piece of work lasts.
///
/// A plain thread: the program has no asynchronous part, and a task may not wait for a file.
package enum SecondThread {
    /// Runs `other` in a thread of its own while `body` runs in this one, and waits for both.
    ///
    /// - Returns: what `other` returned; `nil` also when the system has no thread to give.
    /// - Throws: what `body` threw, or else what `other` did.
    package static func run<Result: Sendable>(
        _ other: @escaping @Sendable () throws -> Result?,
        during body: () throws -> Void
    ) throws -> Result? {
        let outcome = ThreadResult<Result>()
        let thread = start { outcome.keep { try other() } }
        do {
            try body()
        } catch {
            wait(for: thread)
            throw error
        }
        wait(for: thread)
        return try outcome.result()
    }

    /// Runs two halves of one piece of work, neither of which can go on without the other.
    ///
    /// - Parameter other: runs in a thread of its own. What fails in it is told to `body` by what they share.
    /// - Throws: what `body` threw, or that the system has no thread to give, before either was called.
    static func both(_ other: @escaping @Sendable () -> Void, _ body: () throws -> Void) throws {
        guard let thread = start(other) else { throw NoThread() }
        defer { wait(for: thread) }
        try body()
    }

    private static func start(_ work: @escaping @Sendable () -> Void) -> pthread_t? {
        let errand = unsafe Unmanaged.passRetained(Errand(work))
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread,
            nil,
            { pointer in
                if let pointer = unsafe pointer {
                    unsafe Unmanaged<Errand>.fromOpaque(pointer).takeRetainedValue().work()
                }
                return nil
            },
            errand.toOpaque()
        )
        guard code == 0 else {
            unsafe errand.release()
            return nil
        }
        return thread
    }

    private static func wait(for thread: pthread_t?) {
        if let thread { pthread_join(thread, nil) }
    }
}

/// The system gives this user no further thread.
package struct NoThread: Error {}

/// What a thread is given to do.
private final class Errand: Sendable {
    let work: @Sendable () -> Void

    init(_ work: @escaping @Sendable () -> Void) {
        self.work = work
    }
}

/// What came of it.
private final class ThreadResult<Value: Sendable>: Sendable {
    private let kept = Mutex<Result<Value?, any Error>>(.success(nil))

    func keep(_ body: () throws -> Value?) {
        let result = Result(catching: body)
        kept.withLock { $0 = result }
    }

    func result() throws -> Value? {
        try kept.withLock { $0 }.get()
    }
}
