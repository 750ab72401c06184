internal import CSQLite
internal import Glibc

/// Waits for another connection's lock: short random sleeps until a deadline.
///
/// SQLite's own timeout sleeps longer and longer, so that a late comer always finds the lock taken: of eight
/// processes writing at once one committed nothing in five seconds. Random sleeps of 0.2 to 1 ms are fair on the whole;
/// whoever has waited sleeps shorter, and so looks more often than those who come.
final class BusyHandler {
    /// The longest sleep, in nanoseconds, of somebody who comes, and the shortest part of it. Arbitrary.
    private static let longestPause: Int64 = 1_000_000
    private static let shortestPart: Int64 = 5
    /// After a wait of this many nanoseconds sleeps are half as long, after twice as many a third. Arbitrary.
    private static let halving: Int64 = 10_000_000

    private var patienceNanoseconds: Int64
    private var waitBegan: Int64 = 0

    init(deadlineMilliseconds: Int) {
        patienceNanoseconds = Int64(max(0, deadlineMilliseconds)) * 1_000_000
    }

    init(likewise other: BusyHandler) {
        patienceNanoseconds = other.patienceNanoseconds
    }

    /// The handler must live as long as the connection, which keeps it.
    func install(on database: OpaquePointer) -> Int32 {
        unsafe sqlite3_busy_handler(
            database,
            { context, attempt in
                guard let context = unsafe context else { return 0 }
                let handler = unsafe Unmanaged<BusyHandler>.fromOpaque(context).takeUnretainedValue()
                return handler.waitAgain(attempt: attempt) ? 1 : 0
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    /// Runs `body` with another patience than what the connection was opened with.
    func waiting(atMostMilliseconds patience: Int, _ body: () -> Void) {
        let usual = patienceNanoseconds
        patienceNanoseconds = Int64(patience) * 1_000_000
        defer { patienceNanoseconds = usual }
        body()
    }

    /// Sleeps and returns true while there is time left. `attempt` counts from 0 within one wait.
    func waitAgain(attempt: Int32) -> Bool {
        // Not the wall clock: setting the time must neither cut the wait short nor make it endless.
        let now = Self.monotonicNanoseconds()
        if attempt == 0 { waitBegan = now }
        let waited = now - waitBegan
        guard waited < patienceNanoseconds else { return false }
        var pause = timespec(tv_sec: 0, tv_nsec: Int.random(in: Self.pauses(afterWaiting: waited)))
        unsafe nanosleep(&pause, nil)
        return true
    }

    /// How long to sleep, in nanoseconds, after so many nanoseconds of waiting.
    private static func pauses(afterWaiting waited: Int64) -> ClosedRange<Int> {
        let longest = longestPause * halving / (halving + waited)
        return Int(longest / shortestPart)...Int(longest)
    }

    private static func monotonicNanoseconds() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
