internal import CrisisCare
internal import Glibc
internal import SQLite
package import Sealing
internal import Storage

/// What a backup came to.
package struct BackupSummary: Sendable {
    /// Where it is, with the time in its name if it belongs to a series.
    package let path: String
    /// Its size; nil for a dry run.
    package let bytes: Int?
    package let isEncrypted: Bool
    /// How many older ones of the series were removed, and how many could not be.
    package let removed: Int
    package let stayed: Int
}

extension Session {
    /// Copies the whole database into a new file while others go on working, and checks the copy before it gets its
    /// name. The audit's entry is written in the same breath.
    ///
    /// An encrypted copy is read back and compared; what is not encrypted of it lies beside the database meanwhile,
    /// never in the folder of the backup.
    ///
    /// - Parameters:
    ///   - path: a name that is free; with `keep` the name of a series.
    ///   - keep: how many of the series are left with this one.
    ///   - progress: is told the pages copied and in all.
    /// - Throws: `BackupError`, `SQLiteError`, `SealingError`.
    package borrowing func backUp(
        to path: String,
        sealedWith passphrase: Passphrase? = nil,
        keeping keep: Int? = nil,
        isDryRun: Bool = false,
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> BackupSummary {
        // Who may not is refused, and the refusal audited, before anything is read.
        try requireAudited(.backUp, BackupRecord.action)
        let series = keep.map { _ in BackupSeries(path) }
        let target = series?.path(at: now) ?? path
        do {
            try NewFile.refuse(target)
            guard !isCompanion(target) else { throw BackupError.besideDatabase }
            if isDryRun {
                try change(BackupRecord.action, needing: .backUp, isDryRun: true) { _, _ in }
                return BackupSummary(
                    path: target,
                    bytes: nil,
                    isEncrypted: passphrase != nil,
                    removed: 0,
                    stayed: 0
                )
            }
            // A copy that nobody finished leaves this entry behind: the records were read.
            try recordCommand()
            if let passphrase {
                try publishSealed(target, passphrase, progress)
            } else {
                try publish(target) { unfinished in try copyAndCheck(unfinished, progress) }
            }
        } catch let error as BackupError {
            // The audit keeps that it failed; the error goes on.
            _ = try? change(BackupRecord.action, needing: .backUp) { _, _ in throw error }
            throw error
        }
        let rotated = keep.flatMap { count in series?.rotate(keeping: count, besides: target) }
        return BackupSummary(
            path: target,
            bytes: FileSize.bytes(of: target),
            isEncrypted: passphrase != nil,
            removed: rotated?.removed ?? 0,
            stayed: rotated?.stayed ?? 0
        )
    }

    /// SQLite would take a file of such a name for the log of the database, and remove it.
    private borrowing func isCompanion(_ target: String) -> Bool {
        guard let database = try? DatabaseFile.address(of: path),
            let folder = try? DatabaseFile.address(of: NewFile.folder(of: target))
        else { return false }
        let name = String(decoding: target.utf8.dropFirst(NewFile.folder(of: target).utf8.count), as: UTF8.self)
        // `folder(of:)` says "./" of a name alone.
        let place = (folder == "/" ? "" : folder) + "/" + (target.utf8.contains(UInt8(ascii: "/")) ? name : target)
        return DatabaseFile.companions.contains { database + $0 == place }
    }

    private borrowing func publishSealed(
        _ target: String,
        _ passphrase: Passphrase,
        _ progress: (Int, Int) -> Void
    ) throws {
        try NewFile.withScratch(beside: path) { plain in
            try copyAndCheck(plain, progress)
            try publish(target) { unfinished in
                try SealedFile.seal(plain, into: unfinished, with: passphrase)
                try SealedFile.verify(unfinished, against: plain, with: passphrase)
            }
        }
    }

    private borrowing func copyAndCheck(_ file: String, _ progress: (Int, Int) -> Void) throws {
        do {
            try connection.copy(into: file, progress: progress)
        } catch  where error.kind == .corrupt {
            throw BackupError.databaseDamaged(checks: ["integrity"])
        }
        let failures = try CopyInspection.failures(ofCopy: file)
        guard failures.isEmpty else { throw BackupError.databaseDamaged(checks: failures) }
    }

    /// The file gets its name inside the transaction of its audit entry: without the one there is not the other.
    private borrowing func publish(_ target: String, write: (String) throws -> Void) throws {
        try NewFile.publish(target, write: write) { publish in
            try change(BackupRecord.action, needing: .backUp) { change, db in
                try change.audit(in: db)
                try publish()
            }
        }
    }
}

/// How large a file is.
enum FileSize {
    static func bytes(of path: String) -> Int? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Int(status.st_size) : nil
    }
}
