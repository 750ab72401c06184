import CaseloadOracle
import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// The overdue list, row by row and cell by cell, against a second reading of the practice over the same files.
struct OverdueOracleTests {
    @Test(arguments: ImportedCaseload.all)
    func `as of any earlier instant the list is what the files say`(arguments: [String]) throws {
        let caseload = try ImportedCaseload.of(arguments)
        // The year is large and closed: few instants of it tell as much as many.
        let seed = UInt64(caseload.refs.count)
        let instants = InstantSample.of(caseload, seed: seed, rounds: arguments.isEmpty ? 3 : 7)
        #expect(instants.count >= (arguments.isEmpty ? 20 : 40))
        let session = try caseload.open()
        var listed = 0
        for instant in instants {
            listed += try expectSameOverdue(session, caseload.naive, refs: caseload.refs, asOf: instant, "seed \(seed)")
        }
        #expect(listed > 1000)
    }

    @Test(arguments: ImportedCaseload.all)
    func `as of now and later the stored list is what the files say`(arguments: [String]) throws {
        let caseload = try ImportedCaseload.of(arguments)
        for days in arguments.isEmpty ? [0] : [0, 1, 10, 400] {
            let now = caseload.now.adding(seconds: Int64(days) * 86_400)
            let session = try caseload.open(at: now)
            try expectSameOverdue(session, caseload.naive, refs: caseload.refs, asOf: nil, "\(days) days later")
        }
    }

    @Test(arguments: [ImportedCaseload.severalEpisodes, ImportedCaseload.inFlight])
    func `holidays move the answers that are awaited, in the past and now`(arguments: [String]) throws {
        let caseload = try ImportedCaseload.of(arguments)
        let agency = try TestAgency(copyOf: caseload.path, now: caseload.now)
        let session = try agency.open()
        let days = [
            "2023-11-10", "2023-11-23", "2023-11-24", "2023-12-25", "2024-01-01", "2026-09-07", "2026-10-12",
            "2026-11-11", "2026-11-17", "2026-11-18", "2026-11-26",
        ]
        for day in days { try session.addHoliday(try #require(CivilDate(day)), named: "holiday") }
        var instants = InstantSample.of(caseload, seed: 5, rounds: 2)
        for day in days {
            instants.append(caseload.zone.startOfDay(try #require(CivilDate(day)).adding(days: 2)))
        }
        for instant in instants where instant <= caseload.now {
            try expectSameOverdue(
                session,
                caseload.naive,
                refs: caseload.refs,
                asOf: instant,
                holidays: Set(days),
                "seed 5"
            )
        }
        let past = try #require(instants.filter { $0 < caseload.now }.max())
        let with = caseload.naive.overdue(asOf: past.seconds, holidays: Set(days))
        #expect(with != caseload.naive.overdue(asOf: past.seconds) || arguments == ImportedCaseload.severalEpisodes)
        // Taken off the list again, everything is as it was.
        for day in days { try session.removeHoliday(try #require(CivilDate(day))) }
        try expectSameOverdue(
            session,
            caseload.naive,
            refs: caseload.refs,
            asOf: nil,
            "after the holidays were removed"
        )
        #expect(try Inspection.run(session).filter { $0.severity == .error }.isEmpty)
    }
}
