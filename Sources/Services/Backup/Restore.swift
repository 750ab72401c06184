package import CivilTime
internal import CrisisCare
internal import SQLite
package import Sealing
internal import Storage

/// What a restore came to.
package struct RestoreSummary: Sendable {
    /// The cases in the restored database.
    package let cases: Int
    /// When its last entry was made: what was entered later is not in it.
    package let lastEntryAt: Instant?
    /// Where the old database is kept, if there was one.
    package let kept: String?
    package let zone: Zone
}

/// Puts a backup into the place of a database.
package struct Restore {
    let backup: String
    let place: String
    let identity: Identity
    let now: Instant
    let command: CommandContext?

    /// - Parameters:
    ///   - backup: a file that `backUp` made, sealed or not, or any database of this program.
    ///   - place: where the database is to be.
    package init(
        of backup: String,
        to place: String,
        as identity: Identity,
        now: Instant,
        for command: CommandContext? = nil
    ) {
        self.backup = backup
        self.place = place
        self.identity = identity
        self.now = now
        self.command = command
    }

    /// Checks the backup beside the place, brings it up to date, leaves an audit entry in it, and gives it its name.
    ///
    /// The person must be an administrator by the backup's staff list, and by that of the database it replaces. A kill
    /// or a power cut leaves the old database in its place, or the restored one.
    ///
    /// - Parameters:
    ///   - force: replace a database that is there; it is kept beside the new one.
    ///   - passphrase: asked for when the backup is sealed.
    /// - Throws: `BackupError`, `SQLiteError`, `SealingError`, `RuleViolation` when the person may not.
    package func run(
        force: Bool,
        isDryRun: Bool = false,
        passphrase: () throws -> Passphrase
    ) throws -> RestoreSummary {
        let place = try RestorePlace(place, now: now)
        try place.refuse(backup, force: force)
        let secret = try SealedFile.isSealed(backup) ? try passphrase() : nil
        if !isDryRun { Database.makeFolder(of: self.place) }
        return try NewFile.withScratch(beside: isDryRun ? place.scratchForDryRun : self.place) { staged in
            try fill(staged, secret)
            try refuseDamaged(staged)
            let (cases, lastEntryAt, zone) = try finish(staged, isDryRun: isDryRun)
            if place.isTaken { try authorizeReplacing(isDryRun: isDryRun) }
            guard !isDryRun else {
                return RestoreSummary(cases: cases, lastEntryAt: lastEntryAt, kept: nil, zone: zone)
            }
            let kept = try place.take(staged)
            return RestoreSummary(cases: cases, lastEntryAt: lastEntryAt, kept: kept, zone: zone)
        }
    }

    private func fill(_ staged: String, _ passphrase: Passphrase?) throws {
        if let passphrase {
            let output = try ByteFile.writing(staged)
            return try SealedFile.open(backup, with: passphrase) { try output.write($0) }
        }
        do {
            try copy(into: staged)
        } catch let error as SQLiteError where error.kind == .corrupt {
            throw BackupError.backupDamaged(checks: ["integrity"])
        }
    }

    /// A backup is read without putting anything beside it; a database with a log of its own, with the log.
    private func copy(into staged: String) throws {
        let hasLog = (FileSize.bytes(of: backup + "-wal") ?? 0) > 0
        let source = try Database.openAsItIs(backup, hasLog ? .readOnly : .unchanging)
        try source.copy(into: staged)
    }

    /// What was sealed may have been damaged before; and no backup is trusted because it could be opened once.
    private func refuseDamaged(_ staged: String) throws {
        var failures = try CopyInspection.failures(ofCopy: staged)
        // One of an older version has that version's tables: they are compared once it has been brought up to date.
        failures.removeAll { $0 == "schema" || $0 == "migrations" }
        guard failures.isEmpty else { throw BackupError.backupDamaged(checks: failures) }
    }

    /// Brings the copy up to date, finds out who acts, and leaves the entry that it was restored.
    private func finish(_ staged: String, isDryRun: Bool) throws -> (Int, Instant?, Zone) {
        let session = try Session.open(staged, as: identity, now: now, for: command)
        for name in FolderListing.names(in: NewFile.folder(of: staged)) {
            // The copy before an upgrade: here the backup itself is one.
            let file = NewFile.folder(of: staged) + name
            if file.hasPrefix(staged + ".before-upgrade-") { NewFile.remove(file) }
        }
        let lastEntryAt = try session.connection.read { db in try RestoreFacts.lastEntry(in: db) }
        let cases = try session.connection.read { db in try RestoreFacts.cases(in: db) }
        try session.change("restore", needing: .backUp, isDryRun: isDryRun) { change, db in
            try change.audit(in: db)
        }
        let failures = try CopyInspection.failures(of: session.connection)
        guard failures.isEmpty else { throw BackupError.backupDamaged(checks: failures) }
        // One file without a log, which its name alone carries.
        try session.connection.seclude()
        let zone = session.zone
        return (cases, lastEntryAt, zone)
    }

    /// Whoever replaces a database must be an administrator in it too, and it keeps that he did. One that cannot be
    /// read cannot be asked: that is what backups are for.
    private func authorizeReplacing(isDryRun: Bool) throws {
        do {
            let session = try Session.open(place, as: identity, now: now, for: command)
            try session.change("restore", needing: .backUp, isDryRun: isDryRun) { change, db in
                // Whether it came to its end is seen by what is in the place, not here.
                try change.audit(outcome: Outcome.begun, in: db)
            }
        } catch let error as SQLiteError where error.meansDamage {
            return
        } catch ServiceError.notInitialized {
            return
        }
    }
}

extension SQLiteError {
    /// Whether the database cannot be used whoever tries again and when.
    var meansDamage: Bool {
        switch kind {
        case .notADatabase, .corrupt, .changedMigration, .missingMigration, .failedMigration, .unexpectedValue: true
        default: false
        }
    }
}
