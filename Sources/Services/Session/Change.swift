package import CivilTime
package import CrisisCare
package import SQLite
internal import Storage

/// One write transaction of a session: who acts, when, the keys it gives out, the audit's end, and the rules' context.
package struct Change: Sendable {
    package let actor: Actor
    package let now: Instant
    package let zone: Zone
    let policies: PolicyBook
    var holidays: Set<CivilDate>
    var keys: KeyMaker
    fileprivate var trail: AuditTrail
    private let template: AuditEntry

    fileprivate init(
        of session: borrowing Session,
        _ action: String,
        _ trail: AuditTrail,
        in db: borrowing Access<Writing>
    ) throws {
        actor = session.actor
        now = session.now
        zone = session.zone
        let rules = try session.rules.current(in: db)
        policies = rules.policies
        holidays = rules.holidays
        keys = KeyMaker(after: trail.sequence, drawing: session.draw)
        self.trail = trail
        template = session.entry(action, outcome: Outcome.done)
    }

    /// Appends the audit entry of what was done; if it cannot be written, the transaction fails and nothing is done.
    mutating func audit(
        _ action: String? = nil,
        episode: EpisodeID? = nil,
        record: Int64? = nil,
        detail: String = "",
        outcome: String = Outcome.done,
        in db: borrowing Access<Writing>
    ) throws {
        var entry = template
        entry.outcome = outcome
        if let action { entry.action = action }
        entry.episode = episode
        entry.record = record
        entry.detail = detail
        try trail.append(entry, in: db)
    }

    /// The rules under which an episode of a program stands: the policy of the day of its call.
    func practice(of program: ProgramID, calledAt call: Instant) throws -> Practice {
        guard let policy = policies.policy(of: program, on: zone.date(of: call)) else {
            throw ServiceError.badValue("the program had no policy on the day of the call; see followup policy show")
        }
        return Practice(policy: policy, zone: zone, holidays: holidays)
    }
}

extension Session {
    /// Carries out one use case in one transaction; whatever keeps it from its end leaves nothing of it.
    ///
    /// A refusal leaves an audit entry of its own. A dry run does everything and keeps nothing but its audit entry.
    /// - Parameter caseText: the one case that is to be changed, by case number or reference; the entry of a refusal or
    ///   a dry run names it.
    /// - Parameter clientText: the same of the one client.
    /// - Parameter leavesRules: that the use case writes no policy, program or holiday, so that the next change need not
    ///   read them again unless somebody else has written.
    package borrowing func change<Result>(
        _ action: String,
        needing permission: Permission,
        of caseText: String? = nil,
        ofClient clientText: String? = nil,
        isDryRun: Bool = false,
        leavesRules: Bool = false,
        _ body: (inout Change, borrowing Access<Writing>) throws -> Result
    ) throws -> Result {
        var rehearsed: Result?
        do {
            try actor.require(permission)
            let result = try connection.audited(command, path) { trail, db in
                var change = try Change(of: self, action, trail, in: db)
                let result = try body(&change, db)
                trail = change.trail
                if isDryRun {
                    rehearsed = result
                    throw DryRun()
                }
                return result
            }
            if leavesRules { rules.stand(at: connection.dataVersion) } else { rules.forget() }
            return result
        } catch {
            guard error is DryRun, let rehearsed else {
                let revealing = error as? RevealingRefusal
                let error = revealing?.refusal ?? error
                try recordFailure(of: action, caseText, clientText, revealing?.clients, error)
                throw error
            }
            try append(entry(action, outcome: Outcome.dryRun), of: caseText, clientText)
            return rehearsed
        }
    }

    /// Thrown at the end of a dry run, so that nothing of it is kept.
    private struct DryRun: Error {}

    /// Refuses who may not, and audits the refusal, before anything is read or made.
    borrowing func requireAudited(_ permission: Permission, _ action: String) throws {
        if actor.scope(of: permission).isEmpty { try change(action, needing: permission) { _, _ in } }
    }

    private borrowing func recordFailure(
        of action: String,
        _ caseText: String?,
        _ clientText: String?,
        _ revealed: NamedClients?,
        _ error: any Error
    ) throws {
        let outcome: String
        if let violation = error as? RuleViolation {
            outcome = Outcome.refused(violation.rule)
        } else if !(error is SQLiteError) {
            outcome = Outcome.failed
        } else {
            return
        }
        try append(entry(action, outcome: outcome), of: caseText, clientText, revealed)
    }

    private borrowing func append(
        _ entry: AuditEntry,
        of caseText: String?,
        _ clientText: String?,
        _ revealed: NamedClients? = nil
    ) throws {
        try connection.audited(command, path) { trail, db in
            var entry = entry
            // A voided case is named too; what was typed and names no case or client is kept nowhere, because it may be
            // a name.
            entry.episode = try caseText.flatMap { try CaseFinder.find(voidedToo: $0, in: db)?.id }
            let client = try clientText.flatMap { try ClientFinder.client($0, in: db) }
            entry.name(revealed ?? NamedClients(client.map { [$0] } ?? []))
            try trail.append(entry, in: db)
        }
    }
}
