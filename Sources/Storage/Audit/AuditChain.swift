internal import CSodium
internal import CivilTime
internal import CrisisCare
package import SQLite

/// The end of the audit's hash chain, onto which entries are put inside one transaction.
///
/// An entry's hash is BLAKE2b-256 over the hash before it and the entry's fields, each with its length, so that a
/// changed, removed, inserted or reordered entry breaks the chain at its place.
package struct AuditChain: Equatable, Sendable {
    package private(set) var sequence: Int64
    package private(set) var hash: [UInt8]

    /// Bytes of a hash.
    static let hashBytes = 32

    /// The chain before its first entry.
    package static let empty = AuditChain(sequence: 0, hash: [UInt8](repeating: 0, count: hashBytes))

    /// Lets libsodium choose the quickest hash for this processor, which pays when many entries follow. Without it the
    /// plain one computes the same, and a short command starts sooner.
    package static func prepareForMany() {
        _ = sodium_init()
    }

    /// Reads where the chain ends.
    package static func end<Mode>(in db: borrowing Access<Mode>) throws -> AuditChain {
        try db.first("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1") { row in
            AuditChain(sequence: try row.int64(0), hash: try row.blob(1))
        } ?? .empty
    }

    /// Moves the end over an entry.
    package mutating func advance(over entry: AuditEntry) {
        sequence += 1
        hash = Self.hash(of: entry, sequence: sequence, after: hash)
    }

    /// Appends an entry and moves the end to it.
    package mutating func append(_ entry: AuditEntry, in db: borrowing Access<Writing>) throws {
        advance(over: entry)
        try db.execute(
            """
            INSERT INTO audit (
                seq, at, command, actor, login, os_user, action, outcome, episode, record, detail, program_version,
                hash
            ) VALUES (
                \(sequence), \(entry.at), \(entry.command), \(entry.actor), \(entry.login), \(entry.osUser),
                \(entry.action), \(entry.outcome), \(entry.episode), \(entry.record), \(entry.detail),
                \(entry.programVersion), \(hash)
            )
            """
        )
    }

    /// What the hash of an entry is at its place in the chain.
    static func hash(of entry: AuditEntry, sequence: Int64, after hash: [UInt8]) -> [UInt8] {
        digest(canonicalBytes(of: entry, sequence: sequence, after: hash))
    }

    /// The hash before the entry, then its fields.
    private static func canonicalBytes(of entry: AuditEntry, sequence: Int64, after hash: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        bytes += hash
        func put(_ number: Int64) {
            var rest = UInt64(bitPattern: number)
            for _ in 0..<8 {
                bytes.append(UInt8(truncatingIfNeeded: rest))
                rest >>= 8
            }
        }
        func put(_ number: Int64?) {
            bytes.append(number == nil ? 0 : 1)
            if let number { put(number) }
        }
        func put(_ text: String) {
            put(Int64(text.utf8.count))
            bytes += text.utf8
        }
        put(sequence)
        put(entry.at.seconds)
        put(entry.command)
        put(entry.actor?.value)
        put(entry.login)
        put(entry.osUser)
        put(entry.action)
        put(entry.outcome)
        put(entry.episode?.value)
        put(entry.record)
        put(entry.detail)
        put(entry.programVersion)
        return bytes
    }

    private static func digest(_ bytes: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: hashBytes)
        // libsodium fails only for lengths outside its bounds, and 32 is within them.
        _ = unsafe crypto_generichash(&result, hashBytes, bytes, UInt64(bytes.count), nil, 0)
        return result
    }
}
