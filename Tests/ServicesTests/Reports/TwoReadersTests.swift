import CivilTime
import CrisisCare
import SQLite
import Services
import Storage
import Testing

@testable import Reports

/// A long period is counted by two threads, each with a connection of its own.
struct TwoReadersTests {
    /// Cases of a year, just enough for two readers.
    private static let cases = 8_000

    private let agency: TestAgency
    private let path: String
    private let period: ReportPeriod

    init() throws {
        agency = try TestAgency()
        path = agency.folder + "/large.db"
        let new = NewAgency(
            name: "Large agency",
            zone: agency.zone,
            adminLogin: "admin",
            adminName: "",
            adminSupervises: true,
            osUser: "admin"
        )
        _ = try DemoDatabase.create(SyntheticCaseload.Shape(episodes: Self.cases), at: path, for: new, now: agency.now)
        let today = agency.zone.date(of: agency.now)
        period = .dates(from: today.adding(days: -400), to: today)
    }

    private func open(_ mode: OpenMode) throws -> Connection {
        try Database.open(path, mode, now: agency.now.seconds, programVersion: "test")
    }

    private func scan<Mode>(_ db: borrowing Access<Mode>) throws -> MeasureScan {
        try MeasureScan(asOf: agency.now, at: .all, RuleContext(now: agency.now, zone: agency.zone, in: db), in: db)
    }

    /// All figures by measure and group, as text.
    private func figures<Mode>(openedFrom other: String, in db: borrowing Access<Mode>) throws -> [String: String] {
        let collector = try scan(db).count(
            into: MeasureCollector(Measure.all, grouped: [period], by: .site),
            from: period.from,
            to: period.to,
            in: db,
            openedFrom: other,
            now: agency.now
        )
        let (total, groups) = collector.figures(of: period)
        var texts: [String: String] = [:]
        for (group, tallies) in [("all", total)] + groups.map({ ("\($0)", $1) }) {
            for (measure, tally) in zip(Measure.all, tallies) {
                texts["\(measure.id) of \(group)"] =
                    "\(tally.numerators) of \(tally.denominator), \(tally.distribution.values)"
            }
        }
        return texts
    }

    /// A place from which the second reader can open nothing, so that the first one counts alone.
    private var nowhere: String { agency.folder + "/nowhere.db" }

    @Test func `two readers count what one counts`() throws {
        defer { withExtendedLifetime(agency) {} }
        try open(.readOnly).read { db in
            #expect(try ShareQueue(scan(db).shares(from: period.from, to: period.to, in: db)).isWorthTwo)
            let alone = try figures(openedFrom: nowhere, in: db)
            #expect(alone["episodes of all"]?.contains("\(Self.cases)") == true)
            for _ in 1...3 {
                let together = try figures(openedFrom: path, in: db)
                #expect(together.keys.sorted() == alone.keys.sorted())
                #expect(together.filter { alone[$0.key] != $0.value }.keys.sorted() == [])
            }
        }
    }
}
