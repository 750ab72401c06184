/// How a database file is opened.
package enum OpenMode: Sendable {
    /// A new file; one that is there already is refused.
    case create
    /// A file that is there. If it cannot be written, reading works and the first write says so.
    case readWrite
    case readOnly
    /// A file that nobody writes to meanwhile, such as a copy: nothing is locked, and nothing put beside it.
    case unchanging
}

/// An open database. One thread uses it at a time; threads and processes that share a file open one each.
package struct Connection: ~Copyable {
    let handle: Handle

    /// Opens the file at `path` and sets the connection up; every setting is read back.
    ///
    /// - Parameters:
    ///   - applicationID: written into a new file; a file with another is not a database of this program.
    ///   - busyDeadlineMilliseconds: how long a lock of another connection is waited for; 5 s is arbitrary.
    package static func open(
        _ path: String,
        _ mode: OpenMode,
        applicationID: Int32,
        busyDeadlineMilliseconds: Int = 5000
    ) throws(SQLiteError) -> Connection {
        let busyHandler = BusyHandler(deadlineMilliseconds: busyDeadlineMilliseconds)
        switch mode {
        case .create:
            let path = try DatabaseFile.create(path)
            do throws(SQLiteError) {
                let handle = try Handle.open(path, flags: SQLiteFlags.readWrite, busyHandler: busyHandler)
                try handle.setUp(creating: true, applicationID: applicationID)
                return Connection(handle: handle)
            } catch {
                DatabaseFile.remove(path)
                throw error
            }
        case .readWrite, .readOnly:
            let path = try DatabaseFile.existing(path)
            let flags = mode.isReadOnly ? SQLiteFlags.readOnly : SQLiteFlags.readWrite
            do throws(SQLiteError) {
                let handle = try Handle.open(path, flags: flags, busyHandler: busyHandler)
                try handle.setUp(creating: false, applicationID: applicationID)
                // Only now is it known to be a database of this program.
                if !mode.isReadOnly { try DatabaseFile.refuseUnlessPrivate(path) }
                return Connection(handle: handle)
            } catch {
                switch error.kind {
                case .cannotOpen, .readOnly: return try unchanging(path, busyHandler, applicationID)
                default: throw error
                }
            }
        case .unchanging:
            return try unchanging(try DatabaseFile.existing(path), busyHandler, applicationID)
        }
    }

    private static func unchanging(
        _ path: String,
        _ busyHandler: BusyHandler,
        _ applicationID: Int32
    ) throws(SQLiteError) -> Connection {
        let address = try DatabaseFile.unchangingAddress(of: path)
        let handle = try Handle.open(address, flags: SQLiteFlags.unchanging, busyHandler: busyHandler)
        try handle.setUp(creating: false, applicationID: applicationID)
        return Connection(handle: handle)
    }

    /// A new database without a file, to compare with; it ends with the connection.
    package static func inMemory(applicationID: Int32) throws(SQLiteError) -> Connection {
        let busyHandler = BusyHandler(deadlineMilliseconds: 0)
        let handle = try Handle.open(Handle.memory, flags: SQLiteFlags.readWrite, busyHandler: busyHandler)
        try handle.setUp(creating: true, applicationID: applicationID)
        return Connection(handle: handle)
    }

    /// A new database of this connection alone, in a file without a name: what is too much for memory goes to the folder
    /// of temporary files, and is gone with the connection however that ends.
    ///
    /// - Parameter memoryMegabytes: how much of it is kept in memory.
    package static func temporary(applicationID: Int32, memoryMegabytes: Int) throws(SQLiteError) -> Connection {
        let busyHandler = BusyHandler(deadlineMilliseconds: 0)
        let handle = try Handle.open(Handle.temporary, flags: SQLiteFlags.readWrite, busyHandler: busyHandler)
        try handle.setUp(creating: true, applicationID: applicationID)
        try handle.keepInMemory(megabytes: memoryMegabytes)
        return Connection(handle: handle)
    }

    /// The state of the database that this connection has seen last, its own commit included.
    package var dataVersion: UInt32 { handle.dataVersion }

    /// True when the file or its folder cannot be written: every write will be refused.
    package var isReadOnly: Bool { handle.isReadOnly }

    /// Ends the connection and says when that failed; without this call it ends silently with its scope.
    package consuming func close() throws(SQLiteError) {
        try handle.close()
    }
}

extension OpenMode {
    var isReadOnly: Bool {
        if case .readOnly = self { true } else { false }
    }
}
