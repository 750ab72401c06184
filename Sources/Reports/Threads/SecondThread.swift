internal import Glibc
internal import Synchronization

/// A thread beside this one, for as long as a piece of work lasts.
///
/// A plain thread: the program has no asynchronous part, and a task may not wait for a file.
enum SecondThread {
    /// Runs `other` in a thread of its own while `body` runs in this one, and waits for both.
    ///
    /// - Returns: what `other` returned; `nil` also when the system has no thread to give.
    /// - Throws: what `body` threw, or else what `other` did.
    static func run<Result: Sendable>(
        _ other: @escaping @Sendable () throws -> Result?,
        during body: () throws -> Void
    ) throws -> Result? {
        let outcome = Outcome<Result>()
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

/// What a thread is given to do.
private final class Errand: Sendable {
    let work: @Sendable () -> Void

    init(_ work: @escaping @Sendable () -> Void) {
        self.work = work
    }
}

/// What came of it.
private final class Outcome<Value: Sendable>: Sendable {
    private let kept = Mutex<Result<Value?, any Error>>(.success(nil))

    func keep(_ body: () throws -> Value?) {
        let result = Result(catching: body)
        kept.withLock { $0 = result }
    }

    func result() throws -> Value? {
        try kept.withLock { $0 }.get()
    }
}

/// The processors of the machine that are in use.
package enum Processors {
    package static var available: Int { sysconf(Int32(_SC_NPROCESSORS_ONLN)) }
}
