internal import CSQLite
internal import Glibc

/// Keeps the log beside the database from growing for ever, and short where commands come one by one.
///
/// SQLite moves the log into the database after every commit that leaves more than a thousand pages in it, but begins
/// it anew only when no reader is in it: beside readers whose transactions overlap that moment never comes by itself. A
/// log beyond its bound is therefore emptied as soon as it can be; now and then a commit waits for the readers that are
/// there, while new ones read the database alone. A reader that never ends cannot be helped: `check` says so.
///
/// Who opens a database that nobody else has open reads its whole log first, and cannot know how much of it was moved:
/// between commands that come one by one it would never begin anew. To them a log of a thousand pages costs a third of
/// what they do, so that the first commit of a connection empties a shorter one, if nobody waits to write. One that asked
/// for no sync leaves that to others: emptying takes two.
enum LogBound {
    /// Pages after which SQLite itself would move the log; this is its own number.
    private static let movedPages: Int32 = 1000
    /// Pages after which a connection's first commit empties the log. Each costs each command some 8,000 instructions
    /// and a call of the system, and emptying it costs some hundreds of both; a visit adds seven.
    private static let pagesEmptiedFirst: Int32 = 128
    /// Pages that the log may keep; 16 MB of 4 kB pages, arbitrary.
    private static let mostPages: Int32 = 4096
    /// One commit of so many waits; arbitrary. Were it each, those behind one endless reader would wait every time.
    private static let commitsPerWait = 8
    /// How long a commit waits for readers; arbitrary, and longer than the program's own reading of a page of a list.
    private static let waitMilliseconds = 200

    /// Called by SQLite after each commit to the log; takes the place of its own automatic checkpoint. The handle ends
    /// after its connection.
    static func install(on handle: Handle) {
        unsafe sqlite3_wal_hook(
            handle.database,
            { context, _, _, pages in
                guard let context = unsafe context else { return SQLITE_OK }
                LogBound.keep(unsafe Unmanaged<Handle>.fromOpaque(context).takeUnretainedValue(), pages)
                // The commit is on the disk: what fails here is for the next one to mend.
                return SQLITE_OK
            },
            Unmanaged.passUnretained(handle).toOpaque()
        )
    }

    /// Takes away what a long transaction that came to nothing has left in the log.
    ///
    /// It may be as much as an import is, on a disk that it has just filled, where whoever opens the database next would
    /// want room to find out that it means nothing.
    static func cut(_ handle: Handle) {
        var log = stat()
        guard !handle.isPrivate, unsafe stat(handle.path + "-wal", &log) == 0,
            // No page of a database of this program is smaller.
            log.st_size > Int(movedPages) * 4096
        else { return }
        handle.busyHandler.waiting(atMostMilliseconds: 0) {
            _ = unsafe sqlite3_wal_checkpoint_v2(handle.database, "main", SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        }
    }

    private static func keep(_ handle: Handle, _ pages: Int32) {
        let isFirst = handle.isFullySynchronized && !handle.hasCommitted
        if handle.isFullySynchronized { handle.hasCommitted = true }
        guard pages >= (isFirst ? pagesEmptiedFirst : movedPages) else { return }
        let empties = isFirst && !handle.busyHandler.isWaitedFor
        guard empties || pages > mostPages else {
            // Between a hundred and a thousand pages there is nothing else to be done for those who wait.
            guard pages >= movedPages else { return }
            unsafe sqlite3_wal_checkpoint_v2(handle.database, "main", SQLITE_CHECKPOINT_PASSIVE, nil, nil)
            return
        }
        let waits = pages > mostPages && Int.random(in: 0..<commitsPerWait) == 0
        let patience = waits ? waitMilliseconds : 0
        handle.busyHandler.waiting(atMostMilliseconds: patience) {
            _ = unsafe sqlite3_wal_checkpoint_v2(handle.database, "main", SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        }
    }
}
