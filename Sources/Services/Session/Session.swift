package import CivilTime
package import CrisisCare
internal import SQLite
package import Storage

/// A database opened on behalf of one person, at one reading of the clock.
package struct Session: ~Copyable {
    let connection: Connection
    let path: String
    package let agency: AgencyRecord
    package let zone: Zone
    package let actor: Actor
    package let identity: Identity
    /// The one reading of the clock in a command.
    package let now: Instant

    /// Opens a database and finds out who acts; an unknown or retired login is refused and audited.
    package static func open(_ path: String, as identity: Identity, now: Instant) throws -> Session {
        let connection = try Database.open(
            path,
            .readWrite,
            now: now.seconds,
            programVersion: ProgramVersion.current
        )
        let found = try connection.read { db in (try AgencyStore.find(in: db), try Self.actor(identity, in: db)) }
        guard let agency = found.0 else { throw ServiceError.notInitialized }
        guard let actor = found.1 else {
            try refuseLogin(of: identity, now: now, connection)
            throw RuleViolation(
                .notPermitted,
                "the login that you act as is not on the staff list, or is retired",
                remedy: "Name your own with --as LOGIN, or ask an administrator: followup staff add LOGIN."
            )
        }
        return Session(
            connection: connection,
            path: path,
            agency: agency,
            zone: try Zone(named: agency.zone),
            actor: actor,
            identity: identity,
            now: now
        )
    }

    private static func actor(_ identity: Identity, in db: borrowing Access<Reading>) throws -> Actor? {
        guard let staff = try StaffStore.named(identity.login, in: db), staff.retiredAt == nil else { return nil }
        return Actor(staff: staff.id, login: staff.login, grants: try StaffStore.grants(of: staff.id, in: db))
    }

    private static func refuseLogin(
        of identity: Identity,
        now: Instant,
        _ connection: borrowing Connection
    ) throws {
        try connection.write { db in
            var chain = try AuditChain.end(in: db)
            let entry = AuditEntry(
                at: now,
                actor: nil,
                login: identity.login,
                osUser: identity.osUser,
                action: "log in",
                outcome: "refused: \(Rule.notPermitted.rawValue)",
                programVersion: ProgramVersion.current
            )
            try chain.append(entry, in: db)
        }
    }

    package var today: CivilDate {
        zone.date(of: now)
    }
}
