internal import CSodium
internal import CivilTime
internal import CrisisCare
package import SQLite

/// The end of the audit's hash chain, onto which entries are put inside one transaction.
///
/// An entry's hash covers the one before it, so that a changed, removed, inserted or reordered entry breaks the chain
/// at its place.
package struct AuditChain: Sendable {
    package private(set) var sequence: Int64
    package private(set) var hash: [UInt8]
    private var hasher = AuditHasher()

    /// The chain before its first entry.
    package static let empty = AuditChain(sequence: 0, hash: [UInt8](repeating: 0, count: AuditHasher.hashBytes))

    init(sequence: Int64, hash: [UInt8]) {
        self.sequence = sequence
        self.hash = hash
    }

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
        hash = hasher.hash(of: entry, sequence: sequence, after: hash)
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
}

extension AuditChain: Equatable {
    package static func == (one: AuditChain, other: AuditChain) -> Bool {
        one.sequence == other.sequence && one.hash == other.hash
    }
}
