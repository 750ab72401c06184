import CivilTime
import CrisisCare
import Foundation
import Reports
import SQLite
import Services
import Storage
import Testing

/// The demonstration is a sound caseload with work to do, whole or not there at all.
struct DemoCaseloadTests {
    private let agency: TestAgency

    init() throws { agency = try TestAgency() }

    private func demo(_ name: String, at now: Instant? = nil) throws -> (path: String, cases: Int) {
        let path = agency.folder + "/" + name
        let new = NewAgency(
            name: "Demo agency",
            zone: agency.zone,
            adminLogin: "tester",
            adminName: "",
            adminSupervises: true,
            osUser: "tester"
        )
        return (path, try DemoDatabase.createSmall(at: path, for: new, now: now ?? agency.now))
    }

    private func open(_ path: String, at now: Instant? = nil) throws -> Session {
        try Session.open(path, as: Identity(osUser: "tester"), now: now ?? agency.now)
    }

    /// Early and late in the year, and on both days on which the clocks change.
    @Test(arguments: ["2026-11-20T09:00", "2026-03-08T12:00", "2026-11-01T12:00", "2027-01-02T00:30"])
    func `whenever it is made it has cases that are overdue, and check finds nothing wrong`(time: String) throws {
        let now = try agency.instant(time)
        let (path, cases) = try demo("demo.db", at: now)
        let session = try open(path, at: now)
        #expect(try session.totals().episodes == cases)
        let overdue = try session.worklist("overdue", WorklistQuery()).0.rows
        #expect(!overdue.isEmpty)
        #expect(Set(overdue.map(\.deadline.kind)).count > 2)
        let errors = try Inspection.run(session).filter { $0.severity == .error }
        #expect(errors.map(\.finding) == [])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: agency.folder).allSatisfy {
                !$0.contains("unfinished")
            }
        )
    }

    @Test func `two made at one time tell the same`() throws {
        var lines: [[String]] = []
        for name in ["one.db", "two.db"] {
            let session = try open(try demo(name).path)
            let (worklist, directory) = try session.worklist("overdue", WorklistQuery())
            lines.append(worklist.listing(directory).rows.map { "\($0)" })
        }
        #expect(lines[0] == lines[1])
    }

    @Test func `a place at which something stands is refused and left as it is`() throws {
        let path = agency.folder + "/taken.db"
        try Data("a letter".utf8).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: SQLiteError.self) { try demo("taken.db") }
        #expect(error?.kind == .cannotOpen(.alreadyExists))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("a letter".utf8))
        let left = try FileManager.default.contentsOfDirectory(atPath: agency.folder).sorted()
        #expect(left == ["followup.db", "taken.db"])
    }
}
