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
        var rest = passwd[...]
        while !rest.isEmpty {
            let line = rest.prefix { $0 != UInt8(ascii: "\n") }
            rest = rest[line.endIndex...].dropFirst()
            let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            guard fields.count == 7, !fields[0].isEmpty, UInt32(text(fields[2])) == uid else { continue }
            let home = text(fields[5])
            return OSUser(name: text(fields[0]), home: home.hasPrefix("/") ? home : nil)
        }
        return unknown(uid)
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    private static func unknown(_ uid: UInt32) -> OSUser {
        OSUser(name: "uid-\(uid)", home: nil)
    }

    /// Far more than any machine has users; arbitrary.
    private static let mostBytes = 16 * 1024 * 1024
}
