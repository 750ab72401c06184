internal import Glibc

/// The line of those who wait to write to one database, by when they came.
///
/// Each holds a shared lock on one byte of the database's folder, and the number of the byte is the moment of coming;
/// the kernel knows whether somebody holds an earlier one. So there is no further file, nothing to clean up after one
/// who was killed, and nothing that a reader of the folder may not do. It settles only who looks for SQLite's lock, and
/// never who has it: where the kernel keeps no such locks, or the folder cannot be read, everybody is first.
package final class WaitingLine {
    /// `F_OFD_GETLK` and `F_OFD_SETLK` of Linux, which the C library shows only on request. Such a lock belongs to what
    /// was opened, not to the process: two connections of a process stand in line one behind the other, and SQLite's
    /// own locks are not touched.
    private static let getLock: Int32 = 36
    private static let setLock: Int32 = 37
    /// Microseconds that one database's part of the line tells apart: fifty days. Then it begins anew, and for as long as
    /// somebody waits the order may be wrong.
    private static let moments: Int64 = 1 << 42
    /// Databases of one folder that the line tells apart; the rest of 63 bits.
    private static let databases: UInt64 = 1 << 21

    private let folder: Int32
    /// The first byte of this database's part.
    private let start: Int64
    private var place: Int64?

    /// - Parameter path: of a database that is there, absolute; other words lead to a line in which everybody is first.
    package init(of path: String) {
        var status = stat()
        let isThere = unsafe stat(path, &status) == 0
        start = isThere ? Int64(UInt64(status.st_ino) % Self.databases) * Self.moments : 0
        // A slash is one byte in UTF-8, and no part of another character.
        let name = path.utf8.reversed().prefix { $0 != UInt8(ascii: "/") }
        let parent = String(decoding: path.utf8.dropLast(name.count), as: UTF8.self)
        folder = isThere ? unsafe open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1
    }

    deinit {
        if folder >= 0 { close(folder) }
    }

    package var isEmpty: Bool { !isTaken(start, Self.moments) }

    package var isJoined: Bool { place != nil }

    /// Whether nobody who stands in line came before; true also for one who has not joined it.
    package var isFirst: Bool { place.map { !isTaken(start, $0 - start) } ?? true }

    /// Goes to the end of the line.
    /// - Parameter nanoseconds: now, by the clock that all processes of the machine share and nobody sets.
    package func join(at nanoseconds: Int64) {
        let place = start + nanoseconds / 1000 % Self.moments
        if request(Self.setLock, F_RDLCK, place, 1) != nil { self.place = place }
    }

    package func leave() {
        guard let place else { return }
        _ = request(Self.setLock, F_UNLCK, place, 1)
        self.place = nil
    }

    private func isTaken(_ first: Int64, _ count: Int64) -> Bool {
        // To the kernel a length of 0 is all that follows.
        guard count > 0, let answer = request(Self.getLock, F_WRLCK, first, count) else { return false }
        return answer != F_UNLCK
    }

    /// - Returns: the kind of lock that the kernel answers with; `nil` when it answers with an error.
    private func request(_ command: Int32, _ kind: Int32, _ first: Int64, _ count: Int64) -> Int32? {
        guard folder >= 0 else { return nil }
        var wish = flock()
        wish.l_type = Int16(kind)
        wish.l_whence = Int16(SEEK_SET)
        wish.l_start = Int(first)
        wish.l_len = Int(count)
        return unsafe fcntl(folder, command, &wish) == 0 ? Int32(wish.l_type) : nil
    }
}
