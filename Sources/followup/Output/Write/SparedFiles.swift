internal import Glibc
internal import SQLite

/// What a command's output is never put in the place of: the open database with all that SQLite keeps beside it, any
/// other database, and what the command itself reads.
///
/// Files are compared by what they are, and not by their names: no hard link and no other path leads past this.
struct SparedFiles {
    /// Without links, where the file is there.
    private let database: String?
    private let inputs: [String]

    /// - Parameters:
    ///   - database: the one that the command line means, whether the command opens it or not.
    ///   - inputs: files that the command reads, `nil` for those that were not named.
    init(database: String? = nil, inputs: [String?] = []) {
        self.database = database.map { (try? DatabaseFile.address(of: $0)) ?? $0 }
        self.inputs = inputs.compactMap(\.self)
    }

    /// Refuses to put a file of this name into this folder.
    func refuse(_ name: String, in folder: Int32) throws(Failure) {
        guard !isNameOfDatabase(name, in: folder) else { throw Self.isDatabase }
        var status = stat()
        guard unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return }
        let identity = Identity(status)
        // Before the file is opened: to close one on which SQLite holds a lock would end that lock.
        for suffix in [""] + DatabaseFile.companions {
            if let database, Identity(database + suffix) == identity { throw Self.isDatabase }
        }
        guard !inputs.contains(where: { Identity($0) == identity }) else {
            throw Failure(
                .usage,
                "the output path is a file that this command reads; it was left as it is",
                hint: "Name another file with -o."
            )
        }
        guard status.st_mode & S_IFMT == S_IFREG, try Self.beginsAsDatabase(name, in: folder) else { return }
        throw Failure(
            .usage,
            "the output path is a database; it was left as it is",
            hint: "Name another file with -o, or remove that one first if nobody needs it."
        )
    }

    private static let isDatabase = Failure(
        .usage,
        "the output path is the database, or a file that belongs to it; it was left as it is",
        hint: "Name another file with -o."
    )

    /// A log beside the database that is not there now would be taken for its own tomorrow.
    private func isNameOfDatabase(_ name: String, in folder: Int32) -> Bool {
        guard let database else { return false }
        var status = stat()
        guard unsafe fstat(folder, &status) == 0 else { return false }
        let place = NewFile.folder(of: database)
        guard Identity(place) == Identity(status) else { return false }
        let own = String(
            decoding: database.utf8.reversed().prefix { $0 != UInt8(ascii: "/") }.reversed(),
            as: UTF8.self
        )
        return ([""] + DatabaseFile.companions).contains { name == own + $0 }
    }

    private static func beginsAsDatabase(_ name: String, in folder: Int32) throws(Failure) -> Bool {
        let header = Array("SQLite format 3\0".utf8)
        let file = unsafe openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else {
            let code = errno
            if code == ENOENT { return false }
            throw Failure.system("the file at the output path cannot be looked at", code: code)
        }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: header.count)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
        return count == header.count && bytes == header
    }

    /// A file, whatever it is called.
    private struct Identity: Equatable {
        private let device: dev_t
        private let number: ino_t

        init(_ status: stat) {
            device = status.st_dev
            number = status.st_ino
        }

        /// The file to which a path leads, if any.
        init?(_ path: String) {
            var status = stat()
            guard unsafe stat(path, &status) == 0 else { return nil }
            self.init(status)
        }
    }
}
