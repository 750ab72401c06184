/// An instant at which a zone is not at UTC, by its file.
///
/// The C library opens the file a second time, and counts in UTC without a word when that fails: as the disk may, or the
/// process may have no file left to open. Whoever asks it at this instant finds out.
struct ZoneSample: Equatable {
    /// Seconds since 1970.
    let second: Int64
    /// Seconds east of UTC; never 0.
    let offset: Int

    /// Nil for a zone that was always at UTC, and for a file that is not sound.
    init?(of bytes: Span<UInt8>) {
        guard let first = ZoneFile.Header(bytes, at: 0),
            let header = ZoneFile.Header(bytes, at: first.end(instantBytes: 4)),
            header.end(instantBytes: 8) < bytes.count, header.types > 0
        else { return nil }
        // RFC 8536, section 3.2: instants, the type from each on, the types.
        let instants = header.start + ZoneFile.Header.size
        let indices = instants + header.changes * 8
        let types = indices + header.changes
        func number(_ at: Int, _ count: Int) -> Int64 {
            // Signed: the first byte bears the sign.
            (at + 1..<at + count).reduce(Int64(Int8(bitPattern: bytes[at]))) { $0 << 8 | Int64(bytes[$1]) }
        }
        func offset(_ type: Int) -> Int { type < header.types ? Int(number(types + type * 6, 4)) : 0 }
        if header.changes == 0 {
            guard offset(0) != 0 else { return nil }
            self.init(second: 0, offset: offset(0))
            return
        }
        let known = (0..<header.changes).last { offset(Int(bytes[indices + $0])) != 0 }
        guard let known else { return nil }
        self.init(second: number(instants + known * 8, 8), offset: offset(Int(bytes[indices + known])))
    }

    init(second: Int64, offset: Int) {
        self.second = second
        self.offset = offset
    }
}
