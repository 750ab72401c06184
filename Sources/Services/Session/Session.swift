package import CivilTime
package import CrisisCare
internal import SQLite
package import Storage

/// A database opened on behalf of one person, at one reading of the clock.
package struct Session: ~Copyable {
    let connection: Connection
    /// The file that was opened.
    package let path: String
    let command: CommandContext?
    package let agency: AgencyRecord
    package let zone: Zone
    package let actor: Actor
    package let identity: Identity
    /// The one reading of the clock in a command.
    package let now: Instant
    /// Where the keys of a change start.
    let draw: KeyMaker.Draw
    let rules = SessionRules()

    /// Opens a database and finds out who acts; an unknown or retired login is refused and audited.
    ///
    /// - Parameters:
    ///   - command: what the process was started for, to whose audit entry those of the session link.
    ///   - draw: where the keys of a change start.
    package static func open(
        _ path: String,
        as identity: Identity,
        now: Instant,
        for command: CommandContext? = nil,
        drawingKeys draw: @escaping KeyMaker.Draw = { .random(in: $0) }
    ) throws -> Session {
        let connection = try connect(path, identity, now, command)
        let found = try connection.read { db in (try AgencyStore.find(in: db), try Self.actor(identity, in: db)) }
        guard let agency = found.0 else { throw ServiceError.notInitialized }
        guard let actor = found.1 else {
            try refuseLogin(of: identity, now: now, connection, path, command)
            throw unknownLogin
        }
        return Session(
            connection: connection,
            path: path,
            command: command,
            agency: agency,
            zone: try Zone(named: agency.zone),
            actor: actor,
            identity: identity,
            now: now,
            draw: draw
        )
    }

    static var unknownLogin: RuleViolation {
        RuleViolation(
            .notPermitted,
            "the login that you act as is not on the staff list, or is retired",
            remedy: "Name your own with --as LOGIN, or ask an administrator: followup staff add LOGIN."
        )
    }

    /// Opens the file; a schema that is brought up to date leaves an entry for each step, in the step's transaction.
    private static func connect(
        _ path: String,
        _ identity: Identity,
        _ now: Instant,
        _ command: CommandContext?
    ) throws -> Connection {
        var commandEntry = command?.entry(in: path)
        let connection = try Database.open(
            path,
            .readWrite,
            now: now.seconds,
            programVersion: ProgramVersion.current
        ) { migration, db in
            var trail = AuditTrail(of: command, at: commandEntry, try AuditChain.end(in: db))
            var detail = AuditDetail()
            detail.add("migration", from: nil, to: migration)
            try trail.append(AuditEntry(of: identity, "migrate", at: now, detail: detail.json), in: db)
            commandEntry = trail.commandEntry
        }
        command?.keep(entry: commandEntry, in: path)
        return connection
    }

    static func actor(_ identity: Identity, in db: borrowing Access<Reading>) throws -> Actor? {
        guard let staff = try StaffStore.named(identity.login, in: db), staff.retiredAt == nil else { return nil }
        return Actor(staff: staff.id, login: staff.login, grants: try StaffStore.grants(of: staff.id, in: db))
    }

    private static func refuseLogin(
        of identity: Identity,
        now: Instant,
        _ connection: borrowing Connection,
        _ path: String,
        _ command: CommandContext?
    ) throws {
        try connection.audited(command, path) { trail, db in
            let outcome = Outcome.refused(.notPermitted)
            try trail.append(AuditEntry(of: identity, "log in", outcome: outcome, at: now), in: db)
        }
    }

    package var today: CivilDate {
        zone.date(of: now)
    }
}

extension AuditEntry {
    /// An entry of somebody before it is known whether he is on the staff list.
    fileprivate init(
        of identity: Identity,
        _ action: String,
        outcome: String = Outcome.done,
        at now: Instant,
        detail: String = ""
    ) {
        self.init(
            at: now,
            actor: nil,
            login: identity.login,
            osUser: identity.osUser,
            action: action,
            outcome: outcome,
            detail: detail,
            programVersion: ProgramVersion.current
        )
    }
}
