import Foundation
import SQLite
import Testing

/// An application id of our own for tests; any number but 0.
let testID: Int32 = 0x5445_5354

/// A folder of its own for one test, removed afterwards.
struct TemporaryFolder: ~Copyable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "sqlite-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String = "test.db") -> String { path + "/" + name }
}

extension Connection {
    static func create(_ path: String) throws -> Connection {
        try Connection.open(path, .create, applicationID: testID)
    }

    static func existing(_ path: String, _ mode: OpenMode = .readWrite, patience: Int = 5000) throws -> Connection {
        try Connection.open(path, mode, applicationID: testID, busyDeadlineMilliseconds: patience)
    }
}

/// The error of this module that `body` throws; nil when it throws none. It does not throw, so that `#expect` and
/// closures take it as it is.
func failure(_ body: () throws -> Void) -> SQLiteError? {
    do {
        try body()
        return nil
    } catch let error as SQLiteError {
        return error
    } catch {
        Issue.record(error)
        return nil
    }
}

/// Runs the system's `sqlite3` shell, as whoever opens the file from outside would.
@discardableResult
func shell(_ path: String, _ sql: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
    process.arguments = [path, sql]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
}
