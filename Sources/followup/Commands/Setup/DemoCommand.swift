internal import Reports
internal import ArgumentParser
internal import CivilTime
internal import Glibc
internal import Services

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "demo",
        abstract: "Makes a synthetic caseload, as of today, to try everything on: a small one, or one of any size.",
        discussion: """
            No existing database is touched. Nobody real is meant by a name in it. With
            --episodes the calls are spread over the years up to yesterday. The same number,
            years, share and seed give the same caseload on the same day, in memory that
            does not grow with it; a million episodes take some 4 GB of disk, and as much
            again while they are made.

            Example:
              followup demo
              followup demo tryout
              followup demo state --episodes 140000 --years 10
              followup demo spreadsheets --episodes 5000 --files
            """
    )

    @Argument(
        help: ArgumentHelp("The folder to make it in (default: a new one for temporary files).", valueName: "folder"),
        completion: .directory
    )
    var folder: String?

    @Option(help: ArgumentHelp("How many episodes (default: a few dozen, entered one by one).", valueName: "count"))
    var episodes: Int?

    @Option(help: ArgumentHelp("Over how many years the calls are spread.", valueName: "count"))
    var years = 1

    @Option(help: ArgumentHelp("How many of a hundred episodes are still open.", valueName: "percent"))
    var open = 2.0

    @Option(help: ArgumentHelp("Which of all such caseloads.", valueName: "number"))
    var seed: UInt64 = 1

    @Flag(help: "Write the files that import reads, and make no database.")
    var files = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if episodes == nil, files || years != 1 || open != 2 || seed != 1 {
            throw ValidationError("--years, --open, --seed and --files go with --episodes.")
        }
        if let episodes, !(0...Self.mostEpisodes).contains(episodes) {
            throw ValidationError("--episodes is a number from 0 to \(Self.mostEpisodes).")
        }
        if !(1...Self.mostYears).contains(years) {
            throw ValidationError("--years is a number from 1 to \(Self.mostYears).")
        }
        if !(0...100).contains(open) { throw ValidationError("--open is a number from 0 to 100.") }
    }

    /// Arbitrary: more than all of a nation's in twenty years.
    private static let mostEpisodes = 100_000_000
    /// Arbitrary.
    private static let mostYears = 50

    private var shape: SyntheticCaseload.Shape? {
        episodes.map { episodes in
            var shape = SyntheticCaseload.Shape(episodes: episodes)
            shape.years = years
            shape.openPercent = open
            shape.seed = seed
            return shape
        }
    }

    mutating func run() throws {
        if files, let shape { return try writeFiles(shape) }
        let run = CommandRun(global)
        let path = try (Self.made(folder) ?? Self.temporaryFolder()) + "/followup.db"
        let osUser = global.identity().osUser
        do {
            let zone = try Zone(named: "America/New_York")
            let agency = NewAgency(
                name: "Demonstration agency",
                zone: zone,
                adminLogin: osUser,
                adminName: "",
                adminSupervises: true,
                osUser: osUser
            )
            let now = SystemClock.currentInstant()
            let cases = try makeDatabase(at: path, for: agency, now: now)
            var receipt = Receipt("database made with \(cases) synthetic cases")
            receipt.add("database", "File", .code(path))
            try run.show(receipt.detail, in: zone)
        } catch {
            throw Failure.of(error, database: path)
        }
        run.console.note("Try it:  export FOLLOWUP_DB=\(path)  and then  followup overdue")
    }

    private func makeDatabase(at path: String, for agency: NewAgency, now: Instant) throws -> Int {
        guard let shape else {
            return try DemoDatabase.createSmall(at: path, for: agency, now: now, command: CommandRun.command)
        }
        let progress = Progress("Making cases", total: shape.episodes, quiet: global.quiet)
        defer { progress.finish() }
        return try DemoDatabase.create(
            shape,
            at: path,
            for: agency,
            now: now,
            command: CommandRun.command,
            progress: progress.update
        )
    }

    private func writeFiles(_ shape: SyntheticCaseload.Shape) throws {
        let path = try folder ?? Self.temporaryFolder()
        let progress = Progress("Making cases", total: shape.episodes, quiet: global.quiet)
        do {
            let zone = try Zone(named: "America/New_York")
            var caseload = SyntheticCaseload(shape, now: SystemClock.currentInstant(), zone: zone)
            let files = try CaseloadFolder(path)
            do { try caseload.write(to: files, progress: progress.update) } catch {
                files.remove()
                throw error
            }
        } catch {
            throw Failure.of(error, database: path)
        }
        progress.finish()
        CommandRun(global).console.note(
            "The files of \(shape.episodes) synthetic cases are in \(path). "
                + "Bring them in with:  followup import \(path) --create-missing"
        )
    }

    /// The folder that was named, which is made unless it is there.
    private static func made(_ folder: String?) throws -> String? {
        guard let folder else { return nil }
        if unsafe mkdir(folder, 0o700) != 0, errno != EEXIST {
            throw Failure.system("the folder could not be made", code: errno)
        }
        return folder
    }

    private static func temporaryFolder() throws -> String {
        let base = Environment.process.nonEmpty("TMPDIR") ?? "/tmp"
        var template = Array("\(base)/followup-demo-XXXXXX".utf8CString)
        let isMade = unsafe template.withUnsafeMutableBufferPointer { bytes in
            unsafe bytes.baseAddress.map { unsafe mkdtemp($0) != nil } ?? false
        }
        guard isMade else { throw Failure.system("no folder for temporary files could be made", code: errno) }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
