internal import CSQLite

/// Keeps the log beside the database from growing for ever.
///
/// SQLite moves the log into the database after every commit that leaves more than a thousand pages in it, but begins
/// it anew only when no reader is in it: beside readers whose transactions overlap that moment never comes by itself. A
/// log beyond its bound is therefore emptied as soon as it can be; now and then a commit waits for the readers that are
/// there, while new ones read the database alone. A reader that never ends cannot be helped: `check` says so.
enum LogBound {
    /// Pages after which SQLite itself would move the log; this is its own number.
    private static let movedPages: Int32 = 1000
    /// Pages that the log may keep; 16 MB of 4 kB pages, arbitrary.
    private static let mostPages: Int32 = 4096
    /// One commit of so many waits; arbitrary. Were it each, those behind one endless reader would wait every time.
    private static let commitsPerWait = 8
    /// How long a commit waits for readers; arbitrary, and longer than the program's own reading of a page of a list.
    private static let waitMilliseconds = 200

    /// Called by SQLite after each commit to the log; takes the place of its own automatic checkpoint.
    static func install(on database: OpaquePointer, _ busyHandler: BusyHandler) {
        unsafe sqlite3_wal_hook(
            database,
            { context, database, _, pages in
                guard pages >= LogBound.movedPages, let context = unsafe context, let database = unsafe database
                else { return SQLITE_OK }
                let handler = unsafe Unmanaged<BusyHandler>.fromOpaque(context).takeUnretainedValue()
                unsafe LogBound.move(database, pages, handler)
                // The commit is on the disk: what fails here is for the next one to mend.
                return SQLITE_OK
            },
            Unmanaged.passUnretained(busyHandler).toOpaque()
        )
    }

    private static func move(_ database: OpaquePointer, _ pages: Int32, _ handler: BusyHandler) {
        guard pages > mostPages else {
            unsafe sqlite3_wal_checkpoint_v2(database, "main", SQLITE_CHECKPOINT_PASSIVE, nil, nil)
            return
        }
        let patience = Int.random(in: 0..<commitsPerWait) == 0 ? waitMilliseconds : 0
        handler.waiting(atMostMilliseconds: patience) {
            _ = unsafe sqlite3_wal_checkpoint_v2(database, "main", SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        }
    }
}
