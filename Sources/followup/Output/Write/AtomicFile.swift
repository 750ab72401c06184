internal import Glibc

/// A file that appears under its name only when it is whole, or not at all.
///
/// The bytes go to a file without a name in the same folder where the file system knows such files: not even a power
/// cut or a kill leaves a part of the record behind. Elsewhere they go to a hidden temporary file. The result is
/// readable by its owner only, whatever stood there before.
final class AtomicFile {
    let descriptor: Int32
    private let place: Place
    /// The name of the temporary file, once it has one.
    private var temporaryName: String?

    /// Where the file is to appear, and what must not be lost there.
    private struct Place {
        let folder: Int32
        let name: String
        let spared: SparedFiles
        let replaces: Bool
    }

    private init(descriptor: Int32, at place: Place, temporaryName: String?) {
        self.descriptor = descriptor
        self.place = place
        self.temporaryName = temporaryName
    }

    /// Begins a file at `path`, which must be free or an ordinary file, in a folder that exists.
    ///
    /// - Parameters:
    ///   - named: give the temporary file a name even where it could do without.
    ///   - spared: what is not replaced.
    ///   - replaces: whether a file that is there is replaced at all.
    static func create(
        at path: String,
        named: Bool = false,
        sparing spared: SparedFiles,
        replaces: Bool = true
    ) throws(Failure) -> AtomicFile {
        let (folderPath, name) = split(path)
        guard !name.isEmpty, name != ".", name != ".." else {
            throw Failure(.inputOutput, "the output path names a folder", hint: "Add the name of a file.")
        }
        let folder = unsafe openat(AT_FDCWD, folderPath, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else {
            let code = errno
            throw Failure.system(
                "the output file's folder cannot be opened",
                code: code,
                hint: code == ENOENT || code == ENOTDIR ? "Make the folder first, or choose another." : nil
            )
        }
        do throws(Failure) {
            let place = Place(folder: folder, name: name, spared: spared, replaces: replaces)
            try refuseUnlessReplaceable(place)
            if !named, let descriptor = openNameless(in: folder) {
                return AtomicFile(descriptor: descriptor, at: place, temporaryName: nil)
            }
            let temporaryName = makeTemporaryName()
            let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
            let descriptor = unsafe openat(folder, temporaryName, flags, 0o600)
            guard descriptor >= 0 else { throw Failure.system("the output file cannot be made", code: errno) }
            return AtomicFile(descriptor: descriptor, at: place, temporaryName: temporaryName)
        } catch {
            close(folder)
            throw error
        }
    }

    /// Puts the whole file in its place, durably.
    func commit() throws(Failure) {
        // The umask can only have taken rights away, and a file without a name has to be readable to be linked.
        guard fchmod(descriptor, 0o600) == 0, fsync(descriptor) == 0 else { throw couldNotFinish(errno) }
        // It may have become a link or a folder since the file was begun.
        try Self.refuseUnlessReplaceable(place)
        let temporaryName = try nameForRenaming()
        guard unsafe renameat(place.folder, temporaryName, place.folder, place.name) == 0 else {
            throw couldNotFinish(errno)
        }
        self.temporaryName = nil
        guard fsync(place.folder) == 0 else { throw couldNotFinish(errno) }
    }

    deinit {
        if let temporaryName { _ = unsafe unlinkat(place.folder, temporaryName, 0) }
        close(descriptor)
        close(place.folder)
    }

    private func nameForRenaming() throws(Failure) -> String {
        if let temporaryName { return temporaryName }
        let name = Self.makeTemporaryName()
        let source = "/proc/self/fd/\(descriptor)"
        guard unsafe linkat(AT_FDCWD, source, place.folder, name, AT_SYMLINK_FOLLOW) == 0 else {
            throw couldNotFinish(errno)
        }
        temporaryName = name
        return name
    }

    private func couldNotFinish(_ code: Int32) -> Failure {
        .system("the output file could not be finished", code: code)
    }

    /// A file without a name, or nil where the file system or a missing /proc does not allow one.
    private static func openNameless(in folder: Int32) -> Int32? {
        // Without /proc it could not be given its name later.
        guard unsafe access("/proc/self/fd", X_OK) == 0 else { return nil }
        // O_TMPFILE is a macro that is not imported; this value is the same on x86_64 and arm64.
        let withoutName = 0o20_000_000 | O_DIRECTORY
        let descriptor = unsafe openat(folder, ".", withoutName | O_WRONLY | O_CLOEXEC, 0o600)
        return descriptor >= 0 ? descriptor : nil
    }

    private static func refuseUnlessReplaceable(_ place: Place) throws(Failure) {
        try place.spared.refuse(place.name, in: place.folder)
        var status = stat()
        guard unsafe fstatat(place.folder, place.name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT { return }
            throw Failure.system("the output file cannot be looked at", code: errno)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            guard place.replaces else {
                throw Failure(
                    .inputOutput,
                    "there is a file at the output path already; it was left as it is",
                    hint: "Name another place, or move the file away."
                )
            }
        case S_IFDIR:
            throw Failure(.inputOutput, "the output path is a folder", hint: "Add the name of a file.")
        case S_IFLNK:
            throw Failure(
                .inputOutput,
                "the output path is a symbolic link, which is not followed",
                hint: "Name the file itself."
            )
        default:
            throw Failure(
                .inputOutput,
                "the output path is not an ordinary file",
                hint: "Leave -o out to write to the standard output."
            )
        }
    }

    /// Hidden, and not made from the file's own name, which may be as long as names can be.
    private static func makeTemporaryName() -> String {
        ".followup-\(String(UInt64.random(in: .min ... .max), radix: 16)).part"
    }

    private static func split(_ path: String) -> (folder: String, name: String) {
        // By bytes: a combining mark after a slash makes it another character, but no other byte.
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
        let folder = path[..<slash]
        return (folder.isEmpty ? "/" : String(folder), String(path[path.utf8.index(after: slash)...]))
    }
}
