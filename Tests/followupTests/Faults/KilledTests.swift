import Foundation
import Testing

@testable import followup

extension Faults {
    /// The battery is empty, the terminal is closed: the program ends at any moment, without a chance to tidy up.
    ///
    /// More than a hundred kills, over a half of which hit the logging of a visit. The moments are spread over a
    /// command's whole run; only the state before or the state after is accepted.
    @Suite(.serialized) struct KilledTests {
        @Test func `a visit whose logging is killed is there whole or not at all, and for sure once acknowledged`()
            throws
        {
            let agency = try TestAgency.sealed()
            let number = try agency.arrivedCase()
            func log(_ note: String) -> [String] {
                ["visit", "log", number, "--at", "2025-06-03T10:00", "--mode", "phone", "--with", "youth"]
                    + ["--note", note]
            }
            let typical = try Self.seconds { try agency.run(log("clean")) }
            var expected: Set<String> = ["clean"]
            var killed = 0
            for round in 0..<(60 * Faults.rounds) {
                var random = OutputFixture.Generator(seed: UInt64(round))
                let note = "round \(round)"
                let status = try Self.killed(agency.start(log(note)), after: typical, using: &random)
                let notes = try StoredRows.notes(agency)
                if status == 0 {
                    expected.insert(note)
                } else {
                    killed += 1
                    // Killed between the commit and the end: kept, and nobody was told otherwise.
                    if notes.contains(note) { expected.insert(note) }
                }
                #expect(notes.sorted() == expected.sorted(), "seed \(round)")
                #expect(try agency.auditCount(of: "visit log") == expected.count, "seed \(round)")
                try agency.expectSound("seed \(round)")
            }
            #expect(killed > 0)
        }

        @Test func `an import that is killed leaves all of its rows or none`() throws {
            let words = ["import", try SmallCaseload.tiny(), "--create-missing"]
            var agency = try TestAgency.sealed()
            let before = try agency.recordCounts()
            let typical = try Self.seconds { try agency.run(words, as: "amy") }
            let after = try agency.recordCounts()
            try #require(before != after)
            agency = try TestAgency.sealed()
            for round in 0..<(24 * Faults.rounds) {
                var random = OutputFixture.Generator(seed: UInt64(round))
                let run = try agency.start(words, as: "amy")
                let status = try Self.killed(run, after: typical, using: &random)
                let counts = try agency.recordCounts()
                #expect(
                    counts == after || counts == before && status != 0,
                    "seed \(round), status \(status): \(counts)"
                )
                #expect(try agency.auditCount(of: "import") == (counts == before ? 0 : 1), "seed \(round)")
                #expect(try agency.auditCount(of: "episode import") == counts["episode"], "seed \(round)")
                try agency.expectSound("seed \(round)")
                #expect(try agency.strayFiles().isEmpty, "seed \(round)")
                if counts != before { agency = try TestAgency.sealed() }
            }
        }

        @Test func `init that is killed leaves no database or a whole one, and can be repeated`() throws {
            let words = ["init", "--agency", "Test Agency", "--admin", "amy"]
            let typical = try Self.seconds { try TestAgency.empty().run(words) }
            for round in 0..<(16 * Faults.rounds) {
                var random = OutputFixture.Generator(seed: UInt64(round))
                let agency = try TestAgency.empty()
                let status = try Self.killed(agency.start(words), after: typical, using: &random)
                try agency.expectNothingOrWhole(after: status, repeating: words, "seed \(round)")
            }
        }

        @Test func `demo that is killed leaves no database or a whole one, and can be repeated`() throws {
            let typical = try Self.seconds { try DemoRun().clean() }
            for round in 0..<(8 * Faults.rounds) {
                var random = OutputFixture.Generator(seed: UInt64(round))
                let demo = try DemoRun()
                let status = try Self.killed(demo.start(), after: typical, using: &random)
                try demo.expectNothingOrWhole(after: status, "seed \(round)")
            }
        }

        @Test func `one of several writers that is killed while it has the lock keeps no other from it`() throws {
            let agency = try TestAgency.sealed()
            let number = try agency.arrivedCase()
            let folder = try SmallCaseload.folder()
            for round in 0..<(2 * Faults.rounds) {
                var random = OutputFixture.Generator(seed: UInt64(round))
                let victim = try agency.start(["import", folder, "--create-missing"], as: "amy")
                let others = try (0..<4).map { index in
                    try agency.start(
                        ["visit", "log", number, "--at", "2025-06-03T10:00", "--mode", "phone", "--with", "youth"]
                            + ["--note", "round \(round) number \(index)"]
                    )
                }
                usleep(.random(in: 20_000...400_000, using: &random))
                victim.kill()
                for other in others {
                    let result = try other.wait()
                    #expect(result.status == 0, "seed \(round): \(result.stderr)")
                }
                if try victim.wait().status != 0 {
                    #expect(try agency.recordCounts()["visit"] == 4 * (round + 1), "seed \(round)")
                    try agency.expectSound("seed \(round)")
                }
            }
        }

        /// Kills a run at a moment of its whole time, or a little after it, and returns its status.
        private static func killed(
            _ run: RunningTool,
            after typical: Double,
            using random: inout OutputFixture.Generator
        ) throws -> Int32 {
            usleep(UInt32(Double.random(in: 0...(typical * 1.1), using: &random) * 1_000_000))
            run.kill()
            let status = try run.wait().status
            #expect(status == 0 || status == 128 + SIGKILL)
            return status
        }

        private static func seconds(_ body: () throws -> CommandLineTool.Result) throws -> Double {
            let start = Date()
            let result = try body()
            try #require(result.status == 0, "\(result.stderr)")
            return Date().timeIntervalSince(start)
        }
    }
}

extension TestAgency {
    /// After `init` was cut short: nothing stands in its place, and it can be repeated; or all of it does.
    func expectNothingOrWhole(
        after status: Int32,
        repeating words: [String],
        _ context: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let note = Comment(rawValue: context)
        let isThere = FileManager.default.fileExists(atPath: database)
        #expect(isThere || status != 0, note, sourceLocation: sourceLocation)
        if !isThere {
            let again = try run(words)
            #expect(again.status == 0, "\(context): \(again.stderr)", sourceLocation: sourceLocation)
        }
        try expectSound(context, sourceLocation: sourceLocation)
        #expect(try auditCount(of: "init") == 1, note, sourceLocation: sourceLocation)
    }
}

/// `demo` into a folder of its own.
struct DemoRun {
    let agency: TestAgency
    private let user = OSUser.current().name

    init() throws { agency = try TestAgency.empty() }

    private var words: [String] { ["demo", agency.home] }

    func start(under program: [String] = []) throws -> RunningTool { try agency.start(words, as: user, under: program) }

    func clean() throws -> CommandLineTool.Result { try agency.run(words, as: user) }

    func expectNothingOrWhole(
        after status: Int32,
        _ context: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let isThere = FileManager.default.fileExists(atPath: agency.database)
        #expect(isThere || status != 0, Comment(rawValue: context), sourceLocation: sourceLocation)
        if !isThere {
            let again = try clean()
            #expect(again.status == 0, "\(context): \(again.stderr)", sourceLocation: sourceLocation)
        }
        let check = try agency.run(["check"], as: user)
        #expect(check.status == 0, "\(context): \(check.stdout)\(check.stderr)", sourceLocation: sourceLocation)
        let cases = try agency.run(["episode", "list", "--all", "--format", "csv"], as: user)
        let count = cases.stdout.split(separator: "\r\n").count - 1
        #expect(count == 36, Comment(rawValue: context), sourceLocation: sourceLocation)
    }
}
