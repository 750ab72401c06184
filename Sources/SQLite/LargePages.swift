internal import CSQLite
internal import Glibc

/// Memory in large pages, for as much as a bulk insert keeps of a database.
///
/// SQLite takes memory for each page of the file by itself, and goes from one to another in no order. Where memory comes
/// in pages of 4 kB, the processor has to look up where each of them is, and the system to find it when it is touched
/// first.
enum LargePages {
    /// What the system calls large.
    private static let pageBytes: UInt = 2 << 20
    /// Smaller than what malloc would give a place of its own.
    private static let pieceBytes = 64 << 10
    /// More of them than may be free before the segment has to grow.
    private static let mostPieces = 64

    /// Lets what the program's first thread takes from now on come in large pages: a wish, which the system may leave
    /// unfulfilled. Nothing but time depends on it.
    ///
    /// The memory of that thread is a segment that malloc lets grow at its end, some pages at a time. Here it grows once,
    /// by all that is wanted, and the system is told what for.
    static func wish(forMegabytes megabytes: Int) {
        guard let start = unsafe sbrk(0), followup_grow_memory_by(Int32(clamping: megabytes << 20)) == 1 else { return }
        var pieces: [UnsafeMutableRawPointer] = unsafe []
        while unsafe sbrk(0) == start, unsafe pieces.count < mostPieces, let piece = unsafe malloc(pieceBytes) {
            unsafe pieces.append(piece)
        }
        while let piece = unsafe pieces.popLast() { unsafe free(piece) }
        let first = (UInt(bitPattern: start) + pageBytes - 1) & ~(pageBytes - 1)
        guard let end = unsafe sbrk(0), UInt(bitPattern: end) > first else { return }
        let bytes = Int(UInt(bitPattern: end) - first)
        _ = unsafe madvise(UnsafeMutableRawPointer(bitPattern: first), bytes, MADV_HUGEPAGE)
    }
}
