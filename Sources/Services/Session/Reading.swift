package import CrisisCare
package import SQLite
internal import Storage

extension Session {
    /// Reads on one snapshot, after the reading was audited: what cannot be audited is not read.
    ///
    /// The entry of a read costs no sync of its own; the next change's sync carries it.
    /// - Parameter caseText: the one case that is read, by case number or reference; the audit names it, of a refusal
    ///   too, and who may not read at its site is refused.
    /// - Parameter authorize: refuses what no case says, such as a client whom the person's sites do not see, and says
    ///   which clients the audit is to name, of a refusal too.
    /// - Parameter overrideReason: why what is withheld otherwise is shown; the audit keeps it.
    package borrowing func read<Result>(
        _ action: String,
        needing permission: Permission,
        of caseText: String? = nil,
        authorize: (borrowing Access<Writing>, inout NamedClients) throws -> Void = { _, _ in },
        overrideReason: String? = nil,
        _ body: (borrowing Access<SQLite.Reading>) throws -> Result
    ) throws -> Result {
        var number: CaseNumber?
        let refusal: (any Error)? = try connection.audited(command, path, durable: false) { trail, db in
            var entry = entry(action, outcome: Outcome.done)
            if let overrideReason {
                var detail = AuditDetail()
                detail.add("override_reason", from: nil, to: overrideReason)
                entry.detail = detail.json
            }
            var refusal: (any Error)?
            var named = NamedClients()
            do {
                // The audit knows voided cases too.
                let known = try caseText.flatMap { try CaseFinder.find(voidedToo: $0, in: db) }
                entry.episode = known?.id
                try actor.require(permission)
                if let caseText {
                    let readable = known?.voidedAt == nil || permission == .readAudit ? known : nil
                    let record = try readable ?? CaseFinder.find(caseText, in: db)
                    entry.episode = record.id
                    number = record.caseNumber
                    try actor.require(permission, at: record.site)
                }
                try authorize(db, &named)
            } catch {
                entry.outcome = (error as? RuleViolation).map { Outcome.refused($0.rule) } ?? Outcome.failed
                refusal = error
            }
            entry.name(named)
            try trail.append(entry, in: db)
            return refusal
        }
        if let refusal { throw refusal }
        do {
            return try connection.read(body)
        } catch {
            throw number.map { CaseInWords.filled(error, with: $0) } ?? error
        }
    }

    /// Leaves the entry of a command that ended before it came to a use case.
    package borrowing func recordCommand() throws {
        guard let command, command.entry(in: path) == nil else { return }
        try connection.audited(command, path, durable: false) { trail, db in
            try trail.begin(on: entry(command.action, outcome: Outcome.begun), in: db)
        }
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
package enum Outcome {
    /// What an outcome may be, or begin with: a refusal goes on with its rule.
    package static let words = [done, "refused", failed, begun, dryRun]

    package static func isKnown(_ text: String) -> Bool {
        words.contains(text) || Rule.allCases.contains { refused($0) == text }
    }

    /// Of a command's own entry: how it ended is said by the entries that link to it.
    static let begun = "begun"
    static let done = "done"
    static let dryRun = "dry run"
    static let failed = "failed"

    static func refused(_ rule: Rule) -> String {
        "refused: \(rule.rawValue)"
    }
}
