/// What keeps a backup or a restore from being finished.
package enum BackupError: Error, Equatable, Sendable {
    /// The copy did not pass its check: so would not the database itself.
    case databaseDamaged(checks: [String])
    /// The backup did not pass its check.
    case backupDamaged(checks: [String])
    /// The file of the backup is sound, and its records are not what `check` wants.
    case recordsWrong(findings: [String])
    /// The backup would have the name of a file that SQLite keeps beside the database.
    case besideDatabase
    /// The encrypted file does not read back as it was written.
    case doesNotReadBack
    /// A database is there already.
    case placeTaken
    /// The log of a database lies where the restored one is to be, without its database.
    case strayLog
    /// The place of the database is a link, a folder or the like.
    case placeIsNoFile
    /// The backup is the database itself.
    case sameFile
    /// The log of the database that is to be replaced cannot be removed.
    case logStays
    /// The restored database is in its place, and the disk did not say that it has it.
    case notConfirmed
}

extension BackupError: CustomStringConvertible {
    /// What happened and what to do next, for whoever sits at the terminal.
    package var description: String {
        switch self {
        case .databaseDamaged(let checks):
            "The copy did not pass its check (\(checks.joined(separator: ", "))) and was thrown away: the database "
                + "itself is damaged. Run followup check, and keep every earlier backup."
        case .backupDamaged(let checks):
            "The backup did not pass its check (\(checks.joined(separator: ", "))). The database was left as it was; "
                + "restore another backup."
        case .recordsWrong(let findings):
            "The backup's file is sound, but its records are not what followup check wants: "
                + findings.joined(separator: "; ")
                + ". The database was left as it was. Restore another backup. If there is no better one, or if this "
                + "program or the time zone data was changed since it was made, give --despite-findings: the deadlines are "
                + "computed again, and the audit keeps what was found."
        case .besideDatabase:
            "The backup would have the name of a file that SQLite keeps beside the database. Nothing was written; choose "
                + "another name."
        case .doesNotReadBack:
            "The encrypted file does not read back as it was written, and was thrown away. Check the disk or the "
                + "network drive, and make the backup again."
        case .placeTaken:
            "There is a database at this place already. It was left as it was; name another with --db FILE, or give "
                + "--force, which keeps the old one beside it."
        case .strayLog:
            "At this place lies the log (-wal) of a database that is gone. The restored database would take it for its "
                + "own; give --force, which keeps it under another name."
        case .placeIsNoFile:
            "The database's place is a link, a folder or no ordinary file. Nothing was changed; name the file itself "
                + "with --db FILE."
        case .sameFile:
            "The backup and the database are one and the same file. Nothing was changed."
        case .logStays:
            "The log (-wal) of the database that is there cannot be removed, and the restored one would take it for its "
                + "own. The database was left as it was; check the rights of its folder and the disk, and try again."
        case .notConfirmed:
            "The restored database is in its place, but the disk did not confirm that it has kept it. Check the disk or "
                + "the network drive, keep the backup, and run followup check."
        }
    }
}
