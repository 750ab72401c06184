internal import CSQLite
internal import Glibc

/// Waits for another connection's lock: short sleeps until a deadline, and for the lock to write in the order of coming.
///
/// SQLite's own timeout sleeps longer and longer, so that a late comer always finds the lock taken: of eight
/// processes writing at once one committed nothing in five seconds. Random sleeps alone leave to chance who finds the
/// lock free, so that among thousands of waits one is many times as long as the rest.
final class BusyHandler {
    /// How long somebody sleeps who waits for what has no line, in nanoseconds. Arbitrary, and random so that two do not
    /// meet again and again.
    private static let pause: ClosedRange<Int> = 200_000...1_000_000
    /// How long the first in line sleeps, whom all others wait for, and how long those behind. Arbitrary.
    private static let firstPause = 50_000
    private static let laterPause = 250_000
    /// Those behind look for the lock too, after so many nanoseconds and again after as many: the first may have been
    /// stopped, by Ctrl-Z or a debugger. Arbitrary, and longer than most transactions.
    private static let passing: Int64 = 20_000_000

    private var patienceNanoseconds: Int64
    private var waitBegan: Int64 = 0
    private var line: WaitingLine?
    private var takesTurns = false

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

    /// Runs `body`, which takes the lock to write to the database at `path`, after those who already wait for it.
    func inTurn(beside path: String, _ body: () throws(SQLiteError) -> Void) throws(SQLiteError) {
        let line = line ?? WaitingLine(of: path)
        self.line = line
        defer { line.leave() }
        takesTurns = true
        defer { takesTurns = false }
        if !line.isEmpty { _ = waitInLine(line, attempt: 0) }
        try body()
    }

    /// Whether somebody stands in line to write to the database that this connection has written to.
    var isWaitedFor: Bool { line.map { !$0.isEmpty } ?? false }

    /// Sleeps and returns true while there is time left. `attempt` counts from 0 within one wait.
    func waitAgain(attempt: Int32) -> Bool {
        if takesTurns, let line { return waitInLine(line, attempt: attempt) }
        let now = Self.monotonicNanoseconds()
        if attempt == 0 { waitBegan = now }
        guard now - waitBegan < patienceNanoseconds else { return false }
        Self.sleep(nanoseconds: Int.random(in: Self.pause))
        return true
    }

    /// Sleeps until it is worth looking for the lock; returns true while there is time left.
    private func waitInLine(_ line: WaitingLine, attempt: Int32) -> Bool {
        var now = Self.monotonicNanoseconds()
        // Who has waited for a turn goes on waiting.
        if attempt == 0, !line.isJoined {
            waitBegan = now
            line.join(at: now)
        }
        let end = min(waitBegan + patienceNanoseconds, now + Self.passing)
        guard now < waitBegan + patienceNanoseconds else { return false }
        guard line.isJoined, !line.isFirst else {
            Self.sleep(nanoseconds: line.isJoined ? Self.firstPause : Int.random(in: Self.pause))
            return true
        }
        while now < end, !line.isFirst {
            Self.sleep(nanoseconds: Self.laterPause)
            now = Self.monotonicNanoseconds()
        }
        return true
    }

    private static func sleep(nanoseconds: Int) {
        var pause = timespec(tv_sec: 0, tv_nsec: nanoseconds)
        unsafe nanosleep(&pause, nil)
    }

    // Not the wall clock: setting the time must neither cut a wait short nor make it endless.
    private static func monotonicNanoseconds() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
