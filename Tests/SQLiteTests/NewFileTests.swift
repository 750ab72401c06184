import Foundation
import SQLite
import Testing

/// A file that appears under its name when it is whole, or not at all.
struct NewFileTests {
    private struct Interrupted: Error {}

    private func names(_ folder: borrowing TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
    }

    private func fill(_ path: String) throws {
        try Data("whole".utf8).write(to: URL(fileURLWithPath: path))
    }

    @Test func `what was written appears under its name, for its owner alone, and nothing beside it`() throws {
        let folder = try TemporaryFolder()
        try NewFile.publish(folder.file("new.db")) { path in
            #expect(try names(folder).allSatisfy { $0.contains(NewFile.unfinishedMark) })
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try file.write(contentsOf: Data("whole".utf8))
            try file.close()
        }
        #expect(try names(folder) == ["new.db"])
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("new.db"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `a writing that fails leaves nothing`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: Interrupted.self) {
            try NewFile.publish(folder.file("new.db")) { path in
                try fill(path)
                throw Interrupted()
            }
        }
        #expect(try names(folder) == [])
    }

    @Test func `what fails after the file has its name takes the name back`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: Interrupted.self) {
            try NewFile.publish(
                folder.file("new.db"),
                write: { try fill($0) },
                publishing: { publish in
                    try publish()
                    #expect(FileManager.default.fileExists(atPath: folder.file("new.db")))
                    throw Interrupted()
                }
            )
        }
        #expect(try names(folder) == [])
    }

    @Test func `a file that came to the place meanwhile is left, and the new one is not kept`() throws {
        let folder = try TemporaryFolder()
        let error = failure {
            try NewFile.publish(folder.file("new.db")) { path in
                try fill(path)
                try Data("another's".utf8).write(to: URL(fileURLWithPath: folder.file("new.db")))
            }
        }
        #expect(error?.kind == .cannotOpen(.alreadyExists))
        #expect(try names(folder) == ["new.db"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file("new.db"))) == Data("another's".utf8))
    }

    @Test func `a full disk is told apart from one that fails`() {
        #expect(SQLiteError.couldNotStore(ENOSPC).kind == .full)
        #expect(SQLiteError.couldNotStore(EDQUOT).kind == .full)
        #expect(SQLiteError.couldNotStore(EIO).kind == .inputOutput)
    }
}
