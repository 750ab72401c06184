import Foundation
import Testing

/// Starts the program as somebody to whom the rights of files and folders apply: to the superuser they do not.
enum DroppedRights {
    private static let program = "/usr/bin/setpriv"

    /// The words to start with; none for who is not the superuser.
    static let words: [String] =
        geteuid() == 0 ? [program, "--bounding-set=-dac_override,-dac_read_search"] : []

    static let canDrop: Bool = {
        guard !words.isEmpty else { return true }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = words.dropFirst() + ["/bin/cat", "/dev/null"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    static let skipped: Comment = "SKIPPED: the superuser's rights cannot be dropped here"

    /// Runs `body` while nobody may write in a folder.
    static func closing<Result>(_ folder: String, _ body: () throws -> Result) throws -> Result {
        let files = FileManager.default
        try files.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder)
        defer { try? files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder) }
        return try body()
    }
}
