internal import Glibc

/// The operating-system user who runs the program.
///
/// The name comes from /etc/passwd by a small reader of our own, because a static binary cannot load the C library's
/// name services, and never from the environment, which anybody may set. A user whom the file does not know, as with a
/// central directory, is `uid-1000`: an administrator adds that login, or the person says `--as LOGIN`.
struct OSUser: Equatable, Sendable {
    let name: String
    let home: String?

    static func current() -> OSUser {
        let uid = getuid()
        guard let bytes = try? FileBytes.read("/etc/passwd", named: "the list of users", most: mostBytes) else {
            return unknown(uid)
        }
        return of(uid, in: bytes)
    }

    /// Finds a user in the text of /etc/passwd: `name:password:uid:gid:comment:home:shell`.
    static func of(_ uid: UInt32, in passwd: [UInt8]) -> OSUser {
        for line in passwd.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            guard fields.count == 7, !fields[0].isEmpty, UInt32(fields[2]) == uid else { continue }
            return OSUser(name: fields[0], home: fields[5].hasPrefix("/") ? fields[5] : nil)
        }
        return unknown(uid)
    }

    private static func unknown(_ uid: UInt32) -> OSUser {
        OSUser(name: "uid-\(uid)", home: nil)
    }

    /// Far more than any machine has users; arbitrary.
    private static let mostBytes = 16 * 1024 * 1024
}
