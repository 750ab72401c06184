internal import CivilTime
internal import SQLite
internal import Storage

/// The end of the audit inside one transaction. The command's own entry goes onto it before the first of its use cases.
struct AuditTrail {
    private var chain: AuditChain
    private let command: CommandContext?
    /// The command's own entry: written in this transaction, or by an earlier one of the process.
    private(set) var commandEntry: Int64?

    init(of command: CommandContext?, at commandEntry: Int64?, _ chain: AuditChain) {
        self.chain = chain
        self.command = command
        self.commandEntry = commandEntry
    }

    /// The number of the last entry.
    var sequence: Int64 { chain.sequence }

    /// Appends the entry of a use case, linked to that of its command.
    mutating func append(_ entry: AuditEntry, in db: borrowing Access<Writing>) throws {
        try begin(on: entry, in: db)
        var entry = entry
        entry.command = commandEntry
        try chain.append(entry, in: db)
    }

    /// Appends the command's own entry unless it is there.
    ///
    /// - Parameter entry: says who acts, when.
    mutating func begin(on entry: AuditEntry, in db: borrowing Access<Writing>) throws {
        guard let command, commandEntry == nil else { return }
        let own = AuditEntry(
            at: entry.at,
            actor: entry.actor,
            login: entry.login,
            osUser: entry.osUser,
            action: command.action,
            outcome: Outcome.begun,
            programVersion: entry.programVersion
        )
        try chain.append(own, in: db)
        commandEntry = chain.sequence
    }
}

extension Connection {
    /// Writes in one transaction that leaves entries in the audit.
    ///
    /// - Parameters:
    ///   - command: to whose entry the others link.
    ///   - path: by which the command knows this database.
    borrowing func audited<Result>(
        _ command: CommandContext?,
        _ path: String,
        durable: Bool = true,
        _ body: (inout AuditTrail, borrowing Access<Writing>) throws -> Result
    ) throws -> Result {
        let known = command?.entry(in: path)
        var kept = known
        let result = try write(durable: durable) { db in
            var trail = AuditTrail(of: command, at: known, try AuditChain.end(in: db))
            let result = try body(&trail, db)
            kept = trail.commandEntry
            return result
        }
        command?.keep(entry: kept, in: path)
        return result
    }
}
