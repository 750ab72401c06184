internal import Glibc
internal import Synchronization

/// What one thread makes and another takes, in the order in which it is made, and never much of it at a time.
package final class Handover<Piece: Sendable>: Sendable {
    private let state = Mutex<State>(State())
    private let filled = Semaphore(0)
    private let room: Semaphore

    private struct State {
        var pieces: [Result<Piece, any Error>] = []
        var spent: [Piece] = []
        var isWanted = true
    }

    /// - Parameter capacity: pieces that may wait to be taken.
    package init(capacity: Int) {
        room = Semaphore(capacity)
    }

    /// Waits until there is room, and hands over a piece, or why there is none.
    ///
    /// - Returns: whether anybody still wants it.
    package func give(_ piece: Result<Piece, any Error>) -> Bool {
        room.wait()
        let (isWanted, spent) = state.withLock { state in
            state.pieces.append(piece)
            defer { state.spent = [] }
            return (state.isWanted, state.spent)
        }
        filled.signal()
        _ = consume spent
        return isWanted
    }

    /// Waits for the next piece.
    package func take() throws -> Piece {
        filled.wait()
        let piece = state.withLock { $0.pieces.removeFirst() }
        room.signal()
        return try piece.get()
    }

    /// Gives a piece back to the thread that made it, which takes it apart when it hands over the next: where the taker has
    /// more to do than the giver, that is a load off it.
    package func giveBack(_ piece: consuming Piece) {
        state.withLock { [piece] in $0.spent.append(piece) }
    }

    /// Tells the giver that nothing more is wanted, wherever it waits.
    package func close() {
        state.withLock { $0.isWanted = false }
        room.signal()
    }
}

/// A count of permissions that threads wait for.
@safe
final class Semaphore: Sendable {
    // Safe: the system's own functions are made to be called from any thread.
    private nonisolated(unsafe) let semaphore: UnsafeMutablePointer<sem_t>

    init(_ count: Int) {
        unsafe semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
        unsafe sem_init(semaphore, 0, UInt32(count))
    }

    deinit {
        unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    func wait() {
        // A signal may end the wait early.
        while unsafe sem_wait(semaphore) != 0, errno == EINTR {}
    }

    func signal() {
        unsafe sem_post(semaphore)
    }
}
