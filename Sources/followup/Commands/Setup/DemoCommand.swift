internal import Reports
internal import ArgumentParser
internal import CivilTime
internal import Glibc
internal import Services

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "demo",
        abstract: "Makes a small synthetic caseload, as of today, to try everything on.",
        discussion: """
            No existing database is touched. Nobody real is meant by a name in it.

            Example:
              followup demo
              followup demo tryout
            """
    )

    @Argument(
        help: ArgumentHelp("The folder to make it in (default: a new one for temporary files).", valueName: "folder"),
        completion: .directory
    )
    var folder: String?

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        let path = try (folder ?? Self.temporaryFolder()) + "/followup.db"
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
            let cases = try DemoCaseload.create(at: path, for: agency, now: now, command: CommandRun.command)
            var receipt = Receipt("database made with \(cases) synthetic cases")
            receipt.add("database", "File", .code(path))
            try run.show(receipt.detail, in: zone)
        } catch {
            throw Failure.of(error, database: path)
        }
        run.console.note("Try it:  export FOLLOWUP_DB=\(path)  and then  followup overdue")
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
