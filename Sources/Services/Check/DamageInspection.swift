package import CivilTime
internal import Glibc
internal import SQLite
internal import Storage

/// Looks at a database that is too damaged to be looked through.
package enum DamageInspection {
    /// What can still be said of the file; nil when it is not damaged, or was never a database of this program.
    ///
    /// Nothing of a record is read, so that nobody has to be on a staff list that perhaps cannot be read either.
    package static func findings(of path: String, now: Instant) -> [Finding]? {
        guard isOwn(path) else { return nil }
        var problems = 0
        do {
            problems = try Database.openAsItIs(path, .readOnly).integrityCheck().count
            guard problems > 0 else { return nil }
        } catch {
            guard (error as? SQLiteError)?.meansDamage == true else { return nil }
        }
        let words = problems > 0 ? "\(problems) problems in the file" : "the file is damaged and cannot be opened"
        return [
            Finding("integrity", .error, words, remedy: Inspection.restore),
            Finding(
                "records",
                .error,
                "the damage keeps the schema, the records and the audit from being looked through",
                remedy: Inspection.restore
            ),
        ] + FileInspection.findings(of: path, now: now)
    }

    /// Whether a file is, or before its damage was, a database of this program: its header says so, or a log of a
    /// database lies beside what is none.
    private static func isOwn(_ path: String) -> Bool {
        guard let header = try? ByteFile.reading(path).readFully(100) else { return false }
        if header.starts(with: "SQLite format 3\0".utf8) {
            // Where the format of SQLite has the number by which a program knows its files.
            return header.count < 72 || header[68..<72].elementsEqual("FLUP".utf8)
        }
        return (FileSize.bytes(of: path + "-wal") ?? 0) > 0
    }
}
