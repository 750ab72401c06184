internal import Glibc

/// Proof that the C library will find a zone.
///
/// glibc counts in UTC without a word when a zone's file is missing or damaged, and takes what is no file name for
/// a rule (`EST5EDT9`). So the name and the file are checked before the C library sees the name.
enum ZoneFile {
    /// Throws unless the system's database holds a sound file for `name`, and returns by what it is known from UTC.
    @discardableResult
    static func check(_ name: String) throws(ZoneError) -> ZoneSample? {
        try check(name, folder: databaseFolder)
    }

    @discardableResult
    static func check(_ name: String, folder: String) throws(ZoneError) -> ZoneSample? {
        guard isZoneName(name) else { throw .badName }
        let bytes =
            switch contents(of: folder + "/" + name) {
            case .bytes(let bytes): bytes
            // UTC is in every database: without it there is none.
            case .missing where exists(folder + "/UTC"): throw ZoneError.unknown(name: name)
            case .missing: throw ZoneError.noDatabase(folder: folder)
            case .unreadable: throw ZoneError.unreadable(name: name)
            }
        guard isSound(bytes.span) else { throw .unreadable(name: name) }
        return ZoneSample(of: bytes.span)
    }

    /// The folder that glibc reads: `TZDIR`, else its own default.
    static var databaseFolder: String {
        guard let pointer = unsafe getenv("TZDIR"), unsafe pointer.pointee != 0 else { return "/usr/share/zoneinfo" }
        return unsafe String(cString: pointer)
    }

    /// Names are parts of ASCII letters, digits, `_`, `+` and `-`, divided by `/`; absolute paths, `..` and a leading
    /// `:` fall out. `localtime` is whatever the host is set to, `posixrules` is another zone's rules,
    /// and `right/` counts leap seconds.
    static func isZoneName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { part in
            part.first != nil
                && part.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), ASCII.plus, ASCII.hyphen:
                        true
                    default: false
                    }
                }
        }
        return isPlain && name.utf8.count <= longestName && name != "localtime" && name != "posixrules"
            && !name.hasPrefix("right/")
    }

    /// Arbitrary; the longest name in the database has 32 characters.
    private static let longestName = 64
    /// Arbitrary; the largest file in the database has 4 kB.
    private static let largestFile = 16_384

    private enum Contents {
        case bytes([UInt8])
        case missing
        case unreadable
    }

    private static func exists(_ path: String) -> Bool {
        unsafe access(path, R_OK) == 0
    }

    private static func contents(of path: String) -> Contents {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: largestFile)
        var count = 0
        while count < bytes.count {
            let received = unsafe bytes.withUnsafeMutableBytes { buffer in
                // The rest of the buffer: a read may stop early.
                unsafe read(file, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if received == 0 { return .bytes(Array(bytes.prefix(count))) }
            if received < 0 {
                // The name of a folder (America) is no zone.
                if errno == EISDIR { return .missing }
                if errno != EINTR { return .unreadable }
            } else {
                count += received
            }
        }
        return .unreadable
    }

    /// Whether the file is whole, of version 2 or later (with a rule for the years it does not list), and free of
    /// leap seconds. Layout: RFC 8536, section 3.
    static func isSound(_ bytes: Span<UInt8>) -> Bool {
        guard let first = Header(bytes, at: 0), first.version >= UInt8(ascii: "2"),
            let second = Header(bytes, at: first.end(instantBytes: 4)),
            first.leapSeconds == 0, second.leapSeconds == 0, second.types > 0
        else { return false }
        // The rule stands between two line feeds at the end of the file.
        let rule = second.end(instantBytes: 8)
        return rule + 1 < bytes.count && bytes[rule] == lineFeed && bytes[bytes.count - 1] == lineFeed
    }

    private static let lineFeed = UInt8(ascii: "\n")

    struct Header {
        let start: Int
        let version: UInt8
        let utcMarks, standardMarks, leapSeconds, changes, types, abbreviationBytes: Int

        init?(_ bytes: Span<UInt8>, at start: Int) {
            guard start >= 0, start <= bytes.count - Header.size else { return nil }
            let magic = "TZif".utf8
            guard zip(magic, start..<start + 4).allSatisfy({ $0 == bytes[$1] }) else { return nil }
            func count(_ index: Int) -> Int {
                let at = start + 20 + index * 4
                return (at..<at + 4).reduce(0) { $0 << 8 | Int(bytes[$1]) }
            }
            self.start = start
            version = bytes[start + 4]
            (utcMarks, standardMarks, leapSeconds) = (count(0), count(1), count(2))
            (changes, types, abbreviationBytes) = (count(3), count(4), count(5))
        }

        /// Where the block ends whose instants take so many bytes each.
        func end(instantBytes: Int) -> Int {
            start + Header.size + changes * (instantBytes + 1) + types * 6 + abbreviationBytes
                + leapSeconds * (instantBytes + 4) + standardMarks + utcMarks
        }

        static let size = 44
    }
}
