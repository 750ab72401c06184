internal import CivilTime
internal import SQLite
internal import Storage

/// Looks through a copy of a database before it is trusted.
enum CopyInspection {
    /// Names of the checks that a database does not pass: of those of `check`, the ones on the file itself.
    static func failures(of connection: borrowing Connection) throws -> [String] {
        do {
            var failures: [String] = []
            if try !connection.integrityCheck().isEmpty { failures.append("integrity") }
            if try !connection.foreignKeyCheck().isEmpty { failures.append("references") }
            if (try? Database.verifySchema(of: connection)) == nil { failures.append("migrations") }
            if try !connection.read({ db in try SchemaComparison(of: db).isSame }) { failures.append("schema") }
            if try !connection.read({ db in try AuditVerification(of: db).isWhole }) { failures.append("audit") }
            return failures
        } catch let error as SQLiteError {
            switch error.kind {
            // Some damage ends the checks themselves.
            case .corrupt, .notADatabase, .unexpectedValue, .other: return ["integrity"]
            default: throw error
            }
        }
    }

    /// The same for a file that nobody writes to.
    static func failures(ofCopy path: String) throws -> [String] {
        do {
            return try failures(of: Database.openAsItIs(path, .unchanging))
        } catch let error as SQLiteError where error.kind == .corrupt || error.kind == .notADatabase {
            return ["integrity"]
        }
    }
}
