internal import Synchronization

/// The command that a process carries out: to its own entry in the audit link those of the use cases that it does.
///
/// An interactive command opens the database several times, for the names on its lists and for the change; all of that
/// is one command. Without a context, as in a library's use, a use case leaves its entry alone.
package final class CommandContext: Sendable {
    /// The words that name the command, such as `visit log`.
    package let action: String
    /// The sequence number of its own entry in each database that it has touched, once that was committed.
    private let entries = Mutex<[(path: String, entry: Int64)]>([])

    package init(action: String) {
        self.action = action
    }

    /// The command's own entry in a database, if it is there for good.
    func entry(in path: String) -> Int64? {
        entries.withLock { entries in entries.first { $0.path == path }?.entry }
    }

    /// Keeps in mind where the command's own entry is; to be called after the commit, since a transaction that is
    /// undone takes the entry with it.
    func keep(entry: Int64?, in path: String) {
        entries.withLock { entries in
            entries.removeAll { $0.path == path }
            if let entry { entries.append((path, entry)) }
        }
    }
}
