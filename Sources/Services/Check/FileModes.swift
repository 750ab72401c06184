internal import CrisisCare
internal import Glibc
package import SQLite
internal import Storage

/// Who on the machine has rights on a database and on what belongs to it.
package struct FileModes {
    private let path: String
    /// Empty when it cannot be found out.
    private let folder: String

    package init(of path: String) {
        var resolved = path
        if let text = unsafe realpath(path, nil) {
            resolved = unsafe String(cString: text)
            unsafe free(text)
        }
        self.path = resolved
        folder = NewFile.folder(of: resolved)
    }

    /// The database, what SQLite put beside it, and copies that this program made there: all hold the same records.
    private var files: [String] {
        let name = String(path.dropFirst(folder.count))
        return FolderListing.names(in: folder)
            .filter { $0 == name || $0.hasPrefix(name + "-") || $0.hasPrefix(name + ".") }
            .map { folder + $0 }
    }

    /// Files on which the group or everybody has rights.
    private var openFiles: [String] {
        files.filter { file in
            var status = stat()
            guard unsafe lstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
            return status.st_mode & DatabaseFile.othersRights != 0
        }
    }

    private enum FolderState {
        case closed
        case readable
        /// Others may put another file into the database's place.
        case writable
        case unknown
    }

    private var folderState: FolderState {
        var status = stat()
        guard unsafe stat(folder, &status) == 0 else { return .unknown }
        let others = status.st_mode & DatabaseFile.othersRights
        // In a folder with the sticky bit, as /tmp, nobody removes another's file.
        if others & 0o022 != 0, status.st_mode & S_ISVTX == 0 { return .writable }
        return others == 0 ? .closed : .readable
    }

    func findings() -> [Finding] {
        let open = openFiles.count
        let remedy = "Take their rights away: followup check --fix-modes."
        var findings = [
            open == 0
                ? Finding("file modes", .ok, "the database and its copies beside it are their owner's alone")
                : Finding("file modes", .error, "others on this machine have rights on \(open) files", remedy: remedy)
        ]
        switch folderState {
        case .closed:
            findings.append(Finding("folder", .ok, "the database's folder is its owner's alone"))
        case .readable:
            findings.append(
                Finding(
                    "folder",
                    .warning,
                    "others may look into the database's folder",
                    remedy: "Give the database a folder of its own, and close it: chmod 700."
                )
            )
        case .writable:
            findings.append(
                Finding(
                    "folder",
                    .error,
                    "others may put another file into the database's place",
                    remedy: "Take their rights away: chmod 700 on the folder."
                )
            )
        case .unknown:
            findings.append(Finding("folder", .warning, "the rights of the database's folder cannot be read"))
        }
        return findings
    }

    /// Refuses who may not inspect the database, without writing to it: as long as others have rights, nobody does.
    ///
    /// - Throws: `RuleViolation`, and `SQLiteError` when the staff list cannot be read.
    package func require(_ identity: Identity) throws {
        let connection = try Database.openAsItIs(path, .readOnly)
        guard let actor = try connection.read({ db in try Session.actor(identity, in: db) }) else {
            throw Session.unknownLogin
        }
        try actor.require(.inspect)
    }

    /// Takes the rights of others away: on the database and what belongs to it, and on the folder if it holds nothing
    /// else, as the one that `init` makes.
    ///
    /// - Returns: what was done, as a finding.
    /// - Throws: `SQLiteError` when there is no such file or it belongs to somebody else.
    package func fix() throws(SQLiteError) -> Finding {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw .cannotOpenFile(errno) }
        let open = openFiles
        for file in open {
            guard unsafe chmod(file, 0o600) == 0 else { throw .cannotOpenFile(errno) }
        }
        var closesFolder = false
        if folderState == .readable || folderState == .writable, isOwnFolder {
            closesFolder = unsafe chmod(folder, 0o700) == 0
        }
        guard !open.isEmpty || closesFolder else { return Finding("fix modes", .ok, "there was nothing to fix") }
        let what = "the rights of others on \(open.count) files" + (closesFolder ? " and on their folder" : "")
        return Finding("fix modes", .ok, "\(what) were taken away")
    }

    private var isOwnFolder: Bool {
        var status = stat()
        guard unsafe stat(folder, &status) == 0, status.st_uid == geteuid() else { return false }
        return FolderListing.names(in: folder).count == files.count
    }
}

extension SQLiteError {
    fileprivate static func cannotOpenFile(_ systemError: Int32) -> SQLiteError {
        SQLiteError(kind: .cannotOpen(.of(systemError)), message: "the rights of a file cannot be changed")
    }
}
