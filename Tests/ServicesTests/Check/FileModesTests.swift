import Foundation
import SQLite
import Services
import Testing

/// The rights of others on a database are found, and taken away without touching anybody else's files.
struct FileModesTests {
    private let agency: TestAgency

    init() throws {
        agency = try TestAgency()
        try setMode(0o700, agency.folder)
        _ = try agency.open().directory()
    }

    private func setMode(_ mode: Int, _ path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func findings() throws -> [String: Finding] {
        let findings = try Inspection.runReadOnly(agency.path, now: agency.now)
        return Dictionary(findings.map { ($0.check, $0) }) { first, _ in first }
    }

    @Test func `a file that is its owner's alone has nothing to fix`() throws {
        let finding = try FileModes(of: agency.path).fix()
        #expect(finding.finding == "there was nothing to fix")
        #expect(try findings()["file modes"]?.severity == .ok)
        #expect(try findings()["folder"]?.severity == .ok)
    }

    @Test func `open files and their folder are found and closed`() throws {
        let wal = agency.path + "-wal"
        let copy = agency.path + ".before-upgrade-1-2"
        try Data([1]).write(to: URL(fileURLWithPath: copy))
        for path in [agency.path, wal, copy] { try setMode(0o644, path) }
        try setMode(0o755, agency.folder)
        #expect(try findings()["file modes"]?.finding == "others on this machine have rights on 3 files")
        #expect(try findings()["folder"]?.severity == .warning)
        let error = #expect(throws: SQLiteError.self) { _ = try agency.open() }
        #expect(error?.kind == .openToOthers)

        let finding = try FileModes(of: agency.path).fix()
        #expect(finding.finding == "the rights of others on 3 files and on their folder were taken away")
        for path in [agency.path, wal, copy] { #expect(try mode(path) == 0o600) }
        #expect(try mode(agency.folder) == 0o700)
        _ = try agency.open()
    }

    @Test func `a folder that holds other things too is told but left as it is`() throws {
        let other = agency.folder + "/letter.txt"
        try Data([1]).write(to: URL(fileURLWithPath: other))
        try setMode(0o644, other)
        try setMode(0o777, agency.folder)
        try setMode(0o640, agency.path)
        #expect(try findings()["folder"]?.severity == .error)
        let finding = try FileModes(of: agency.path).fix()
        #expect(finding.finding == "the rights of others on 1 files were taken away")
        #expect(try mode(agency.folder) == 0o777)
        #expect(try mode(other) == 0o644)
    }

    @Test func `a file that is not there has no rights to take away`() {
        let error = #expect(throws: SQLiteError.self) { try FileModes(of: agency.folder + "/none.db").fix() }
        #expect(error?.kind == .cannotOpen(.missing))
    }
}
