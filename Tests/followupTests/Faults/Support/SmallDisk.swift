import Foundation
import Testing

/// A file system of a few megabytes in memory, mounted over a folder until the end of its life.
final class SmallDisk {
    let folder: String

    struct NotMounted: Error {}

    static let skipped: Comment = "SKIPPED: no file system can be mounted here, so no disk can be filled or closed"

    static let canMount: Bool = (try? OutputFixture.inTemporaryFolder { _ = try SmallDisk(over: $0) }) != nil

    init(over folder: String, megabytes: Int = 6) throws {
        self.folder = folder
        guard Self.mount(["-t", "tmpfs", "-o", "size=\(megabytes)m,mode=700", "tmpfs", folder]) else {
            throw NotMounted()
        }
    }

    deinit { Self.run("/bin/umount", ["--lazy", folder]) }

    func makeReadOnly() throws { guard Self.mount(["-o", "remount,ro", folder]) else { throw NotMounted() } }

    func makeWritable() throws { guard Self.mount(["-o", "remount,rw", folder]) else { throw NotMounted() } }

    /// Fills the disk, but for so many bytes.
    func fill(leaving bytes: Int) throws {
        let path = ballast
        if !FileManager.default.fileExists(atPath: path) {
            try #require(FileManager.default.createFile(atPath: path, contents: nil))
        }
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        defer { try? file.close() }
        try file.seekToEnd()
        for block in [65_536, 4_096] { while (try? file.write(contentsOf: Data(count: block))) != nil {} }
        let size = try file.seekToEnd()
        try file.truncate(atOffset: size - UInt64(min(bytes, Int(size))))
    }

    func makeRoom() throws { try FileManager.default.removeItem(atPath: ballast) }

    private var ballast: String { folder + "/ballast" }

    private static func mount(_ arguments: [String]) -> Bool { run("/bin/mount", arguments) }

    @discardableResult
    private static func run(_ program: String, _ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}

extension TestAgency {
    /// A copy of an agency whose home is a small disk. The disk goes first.
    static func onSmallDisk(_ source: TestAgency) throws -> (agency: TestAgency, disk: SmallDisk) {
        let agency = try TestAgency.empty()
        let disk = try SmallDisk(over: agency.home)
        for name in ["followup.db", "followup.db-wal"] {
            try FileManager.default.copyItem(atPath: "\(source.home)/\(name)", toPath: "\(agency.home)/\(name)")
        }
        try agency.seal()
        return (agency, disk)
    }
}
