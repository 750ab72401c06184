import CivilTime
import CrisisCare
import Foundation
import SQLite
import Reports
import Services
import Storage
import Testing

struct SyntheticCaseloadTests {
    private static func now() throws -> (Instant, Zone) {
        let zone = try Zone(named: "America/New_York")
        return (try zone.parse("2026-11-20T09:00", now: Instant(seconds: 0)), zone)
    }

    private static func rows(_ configure: (inout SyntheticCaseload.Shape) -> Void) throws -> [[[String]]] {
        let (now, zone) = try now()
        var shape = SyntheticCaseload.Shape(episodes: 400)
        configure(&shape)
        var caseload = SyntheticCaseload(shape, now: now, zone: zone)
        var cases: [[[String]]] = []
        while let rows = caseload.next() { cases.append(rows.map { [$0.file.name] + $0.cells }) }
        return cases
    }

    @Test func `the same seed gives the same caseload and another seed another`() throws {
        let rows = try Self.rows { $0.seed = 5 }
        #expect(try Self.rows { $0.seed = 5 } == rows)
        #expect(try Self.rows { $0.seed = 6 } != rows)
    }

    @Test func `a client who comes again is the same person`() throws {
        var people: [String: [String]] = [:]
        var again = 0
        for rows in try Self.rows({ $0.episodes = 2000 }) {
            for cells in rows where cells[0] == "episodes.csv" {
                let person = Array(cells[3...6])
                if let known = people[cells[2]] {
                    #expect(known == person)
                    again += 1
                } else {
                    people[cells[2]] = person
                }
            }
        }
        #expect(again > 300)
    }

    @Test(arguments: [(0, 1), (0.3, 1), (2, 1), (30, 1), (100, 1), (2, 10)])
    func `as many cases are open as were asked for`(openPercent: Double, years: Int) throws {
        let cases = try Self.rows {
            $0.episodes = 1000
            $0.openPercent = openPercent
            $0.years = years
        }
        let open = cases.count { rows in rows.contains { $0[0] == "episodes.csv" && $0[24].isEmpty } }
        #expect(cases.count == 1000)
        #expect(Double(open) == openPercent * 10)
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `every row is accepted by the rules, and the deadlines and the audit of the database are right`(
        seed: UInt64
    ) throws {
        let folder = NSTemporaryDirectory() + "synthetic-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (now, zone) = try Self.now()
        let agency = NewAgency(
            name: "Test",
            zone: zone,
            adminLogin: "admin",
            adminName: "",
            adminSupervises: true,
            osUser: "admin"
        )
        var shape = SyntheticCaseload.Shape(episodes: 600)
        shape.seed = seed
        shape.openPercent = 10
        let path = folder + "/followup.db"
        #expect(try DemoDatabase.create(shape, at: path, for: agency, now: now) == 600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["followup.db"])
        let session = try Session.open(path, as: Identity(osUser: "admin"), now: now)
        let errors = try Inspection.run(session).filter { $0.severity == .error }
        #expect(errors.map(\.finding) == [])
        #expect(try session.totals().episodes == 600)
    }

    @Test func `a folder that has a file of a caseload is left as it is`() throws {
        let folder = NSTemporaryDirectory() + "synthetic-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("kept".utf8).write(to: URL(filePath: folder + "/visits.csv"))
        #expect(throws: SQLiteError.self) { try CaseloadFolder(folder) }
        #expect(try Data(contentsOf: URL(filePath: folder + "/visits.csv")) == Data("kept".utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["visits.csv"])
    }
}
