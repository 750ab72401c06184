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
    /// What `check` found wrong with the records of the backup, which was restored all the same.
    package let accepted: [String]
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
    /// The person must be an administrator by the backup's staff list, and by that of the database it replaces, which
    /// keeps an entry of a refusal too. A kill or a power cut leaves the old database in its place, or the restored one.
    ///
    /// - Parameters:
    ///   - force: replace a database that is there; it is kept beside the new one.
    ///   - despiteFindings: restore a backup whose file is sound and whose records are not what `check` wants; its
    ///     deadlines are computed again, and the audit keeps what was found.
    ///   - passphrase: asked for when the backup is sealed.
    /// - Throws: `BackupError`, `SQLiteError`, `SealingError`, `RuleViolation` when the person may not.
    package func run(
        force: Bool,
        despiteFindings: Bool = false,
        isDryRun: Bool = false,
        passphrase: () throws -> Passphrase
    ) throws -> RestoreSummary {
        let place = try RestorePlace(place, now: now)
        try place.refuseSame(backup)
        if place.isTaken { try authorizeReplacing() }
        do {
            try place.refuse(backup, force: force)
            let secret = try SealedFile.isSealed(backup) ? try passphrase() : nil
            let folders = isDryRun ? [] : Database.makeFolder(of: self.place)
            do {
                return try NewFile.withScratch(beside: isDryRun ? place.scratchForDryRun : self.place) { staged in
                    try fill(staged, secret)
                    try refuseDamaged(staged)
                    let restored = try finish(staged, despiteFindings: despiteFindings, isDryRun: isDryRun)
                    if place.isTaken { try recordReplacing(isDryRun: isDryRun) }
                    return restored.kept(as: isDryRun ? nil : try place.take(staged))
                }
            } catch {
                Database.removeFolders(folders)
                throw error
            }
        } catch {
            if place.isTaken { record(error) }
            throw error
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
    private func finish(_ staged: String, despiteFindings: Bool, isDryRun: Bool) throws -> RestoreSummary {
        let session = try Session.open(staged, as: identity, now: now, for: command)
        for name in FolderListing.names(in: NewFile.folder(of: staged)) {
            // The copy before an upgrade: here the backup itself is one.
            let file = NewFile.folder(of: staged) + name
            if file.hasPrefix(staged + ".before-upgrade-") { NewFile.remove(file) }
        }
        let lastEntryAt = try session.connection.read { db in try RestoreFacts.lastEntry(in: db) }
        let cases = try session.connection.read { db in try RestoreFacts.cases(in: db) }
        // Before what is found is told: who may not restore learns nothing of the backup.
        try session.requireAudited(.backUp, "restore")
        let wrong = try Inspection.recordErrors(of: session)
        guard wrong.isEmpty || despiteFindings else { throw BackupError.recordsWrong(findings: wrong.map(\.finding)) }
        var detail = AuditDetail()
        for finding in wrong { detail.add(finding.check, from: nil, to: finding.finding) }
        try session.change("restore", needing: .backUp, isDryRun: isDryRun) { change, db in
            try change.audit(detail: detail.json, in: db)
            guard !wrong.isEmpty else { return }
            try DeadlineInspection.mend(&change, in: db)
            try NameInspection.mend(in: db)
        }
        let failures = try CopyInspection.failures(of: session.connection)
        guard failures.isEmpty else { throw BackupError.backupDamaged(checks: failures) }
        // One file without a log, which its name alone carries.
        try session.connection.seclude()
        return RestoreSummary(
            cases: cases,
            lastEntryAt: lastEntryAt,
            kept: nil,
            accepted: wrong.map(\.finding),
            zone: session.zone
        )
    }

    /// Whoever replaces a database must be an administrator in it too; it keeps that somebody else tried.
    private func authorizeReplacing() throws {
        try inReplaced { session in try session.requireAudited(.backUp, "restore") }
    }

    /// The database that is replaced keeps who did it.
    private func recordReplacing(isDryRun: Bool) throws {
        try inReplaced { session in
            try session.change("restore", needing: .backUp, isDryRun: isDryRun) { change, db in
                // Whether it came to its end is seen by what is in the place, not here.
                try change.audit(outcome: Outcome.begun, in: db)
            }
        }
    }

    /// The database that stays keeps that it was to be replaced.
    private func record(_ error: any Error) {
        // Then it is no longer in its place.
        guard error as? BackupError != .notConfirmed else { return }
        try? inReplaced { session in
            _ = try? session.change("restore", needing: .backUp) { _, _ in throw error }
            try session.recordCommand()
        }
    }

    /// One that cannot be read cannot be asked: that is what backups are for.
    private func inReplaced(_ body: (borrowing Session) throws -> Void) throws {
        do {
            try body(try Session.open(place, as: identity, now: now, for: command))
        } catch let error as SQLiteError where error.meansDamage {
            return
        } catch ServiceError.notInitialized {
            return
        }
    }
}

extension RestoreSummary {
    fileprivate func kept(as name: String?) -> RestoreSummary {
        RestoreSummary(cases: cases, lastEntryAt: lastEntryAt, kept: name, accepted: accepted, zone: zone)
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
