package import CrisisCare
package import SQLite
internal import Storage

extension Session {
    /// Reads on one snapshot, after the reading was audited: what cannot be audited is not read.
    ///
    /// The entry of a read costs no sync of its own; the next change's sync carries it.
    package borrowing func read<Result>(
        _ action: String,
        needing permission: Permission,
        _ body: (borrowing Access<SQLite.Reading>) throws -> Result
    ) throws -> Result {
        try connection.write(durable: false) { db in
            var chain = try AuditChain.end(in: db)
            let isAllowed = !actor.scope(of: permission).isEmpty
            let outcome = isAllowed ? Outcome.done : Outcome.refused(.notPermitted)
            try chain.append(entry(action, outcome: outcome), in: db)
        }
        try actor.require(permission)
        return try connection.read(body)
    }

    /// An audit entry of this session's person.
    borrowing func entry(_ action: String, outcome: String) -> AuditEntry {
        AuditEntry(
            at: now,
            actor: actor.staff,
            login: actor.login,
            osUser: identity.osUser,
            action: action,
            outcome: outcome,
            programVersion: ProgramVersion.current
        )
    }
}

/// How an audit entry says what became of an action.
enum Outcome {
    static let done = "done"
    static let dryRun = "dry run"
    static let failed = "failed"

    static func refused(_ rule: Rule) -> String {
        "refused: \(rule.rawValue)"
    }
}
