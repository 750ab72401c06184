import Foundation
import Synchronization

/// Reads a pipe to its end on a thread of its own: a task could wait for ever for the threads that the writers block.
final class PipeReader: Sendable {
    private let received = Mutex<Data>(Data())
    private let isDone = DispatchSemaphore(value: 0)

    init(_ handle: FileHandle) {
        Thread.detachNewThread { [self] in
            let data = (try? handle.readToEnd()) ?? Data()
            received.withLock { $0 = data }
            isDone.signal()
        }
    }

    /// All that was written, once the writing end is closed.
    func bytes() -> [UInt8] {
        isDone.wait()
        return received.withLock { [UInt8]($0) }
    }
}
