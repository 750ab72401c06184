internal import CSV
internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Sealing
internal import Services

// Every error that a command can meet, as the exit status and the words of cli.md. Only here.

extension Failure {
    static func of(_ error: any Error) -> Failure {
        switch error {
        case let error as Failure:
            error
        case let error as RuleViolation:
            .refused(error.rule.rawValue, error.message, hint: error.remedy)
        case let error as ServiceError:
            of(error)
        case let error as SQLiteError:
            Failure(status(of: error.kind), saying: error.description)
        case let error as BackupError:
            Failure(status(of: error), saying: error.description)
        case let error as SealingError:
            Failure(status(of: error), saying: error.description)
        case let error as ZoneError:
            Failure(.unusable, saying: error.description)
        case let error as CSVError:
            Failure(.badData, saying: error.description)
        case let error as CSVWriteError:
            Failure(.inputOutput, saying: error.description)
        case is NoThread:
            Failure(
                .busy,
                "the system gives the program no further thread; nothing was saved",
                hint: "Close other programs of yours, or raise their limit (ulimit -u), and try again."
            )
        default:
            // The database holds what this version of the program cannot have written.
            Failure(
                .unusable,
                "the database holds something that this program does not know",
                hint: "Nothing was saved. Run followup check, and report this."
            )
        }
    }

    /// The same for an error from opening the database, which names the file.
    static func of(_ error: any Error, database path: String) -> Failure {
        guard let error = error as? SQLiteError else { return of(error) }
        switch error.kind {
        case .cannotOpen(.missing):
            return Failure(
                .notFound,
                "there is no database at \(path)",
                hint: "Make one with: followup init, or name another with --db FILE."
            )
        case .cannotOpen(.alreadyExists):
            return Failure(
                .inputOutput,
                "there is a file at \(path) already; it was left as it is",
                hint: "Choose another place with --db FILE."
            )
        default:
            return of(error)
        }
    }

    private static func of(_ error: ServiceError) -> Failure {
        switch error {
        case .notInitialized:
            Failure(.unusable, "the database has no agency", hint: "Make a new one with: followup init --db FILE.")
        case .notFound(let what, let hint):
            Failure(.notFound, what, hint: hint.isEmpty ? nil : hint)
        case .badValue(let message):
            Failure(.usage, message)
        case .tryAgain(let what, let hint):
            Failure(.busy, what, hint: hint)
        }
    }

    private static func status(of error: BackupError) -> ExitStatus {
        switch error {
        case .databaseDamaged: .unusable
        case .backupDamaged, .recordsWrong: .badData
        case .besideDatabase: .usage
        case .doesNotReadBack, .placeTaken, .strayLog, .placeIsNoFile, .sameFile, .logStays, .notConfirmed:
            .inputOutput
        }
    }

    private static func status(of error: SealingError) -> ExitStatus {
        switch error {
        case .notSealed, .excessiveCost, .wrongPassphraseOrDamaged, .damaged: .badData
        case .newerThanProgram, .outOfMemory, .unavailable: .unusable
        }
    }

    private static func status(of kind: SQLiteError.Kind) -> ExitStatus {
        switch kind {
        case .cannotOpen(.missing): .notFound
        case .cannotOpen(.alreadyExists), .full, .inputOutput: .inputOutput
        case .busy, .replaced: .busy
        case .constraint: .refused
        case .tooBig: .badData
        case .notADatabase, .corrupt, .newerThanProgram, .readOnly, .cannotOpen, .interrupted, .outOfMemory,
            .changedMigration, .missingMigration, .failedMigration, .openToOthers, .locksRefused, .setting,
            .unexpectedValue, .misuse, .other:
            .unusable
        }
    }

    /// A time or date that a person typed after an option.
    static func of(_ error: TimeTextError, _ option: String, in zone: Zone) -> Failure {
        switch error {
        case .malformed:
            Failure(
                .usage,
                "\(option) is not a date or time that can be read",
                hint:
                    "Write a time as now, 14:05, \"yesterday 23:50\" or 2026-11-20T14:05, a date as today, +3d or 2026-11-20."
            )
        case .outOfRange:
            Failure(.usage, "\(option) is too far from today", hint: "Check the year.")
        case .ambiguous(_, let earlier, let later):
            .refused(
                Rule.ambiguousTime.rawValue,
                "the clocks went back, and the time of \(option) came twice",
                hint: "Write which one: \(zone.rfc3339(earlier)) or \(zone.rfc3339(later))."
            )
        case .nonexistent(_, let before, let after):
            .refused(
                Rule.noSuchTime.rawValue,
                "the clocks went forward, and the time of \(option) never came",
                hint: "Look at the record again; near it are \(zone.rfc3339(before)) and \(zone.rfc3339(after))."
            )
        }
    }

    /// A zone that a person typed: a wrong name is a slip of theirs, a missing database one of the machine.
    static func of(_ error: ZoneError, _ option: String) -> Failure {
        switch error {
        case .badName, .unknown: Failure(.usage, saying: error.description)
        case .noDatabase, .unreadable: of(error)
        }
    }

    /// A message whose first sentence says what happened and whose others say what to do.
    private init(_ status: ExitStatus, saying text: String) {
        guard let end = text.firstRange(of: ". ") else {
            self.init(status, text)
            return
        }
        self.init(status, String(text[..<end.lowerBound]), hint: String(text[end.upperBound...]))
    }
}
