internal import ArgumentParser
internal import CivilTime
internal import Glibc
internal import SQLite
internal import Reports
internal import Services

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "init",
        abstract: "Makes a new database with code lists, towns, default policies and the first administrator.",
        discussion: """
            The file can be read by its owner only. Nothing that exists is touched.

            Example:
              followup init --agency "Wheeler" --admin amy --admin-name "Amy Adams"
            """
    )

    @Option(help: ArgumentHelp("The agency's name.", valueName: "name"))
    var agency: String?

    @Option(help: ArgumentHelp("The agency's time zone.", valueName: "zone"))
    var zone = "America/New_York"

    @Option(help: ArgumentHelp("The first administrator's login (default: your own).", valueName: "login"))
    var admin: String?

    @Option(help: ArgumentHelp("The first administrator's name.", valueName: "name"))
    var adminName: String?

    @Flag(help: "The administrator is not made a supervisor of all sites as well.")
    var adminOnly = false

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        let path = try global.databasePath()
        let identity = global.identity()
        let zone = try agencyZone()
        if agency == nil, let prompt = Prompt.atTerminal(style: .of(2, noColor: global.noColor)) {
            agency = try prompt.line("Agency")
            guard try prompt.confirm("Make the database \(path)?", default: true) else {
                throw Failure(.usage, "it was not confirmed", hint: "Nothing was made.")
            }
        }
        let new = NewAgency(
            name: try Required.text(agency, "--agency", hint: "Give the agency's name with --agency NAME."),
            zone: zone,
            adminLogin: try Required.text(admin ?? identity.login, "--admin"),
            adminName: adminName ?? "",
            adminSupervises: !adminOnly,
            osUser: identity.osUser
        )
        try make(new, at: path)
        var receipt = Receipt("database made")
        receipt.add("database", "File", .code(path))
        receipt.add("administrator", "Administrator", .code(new.adminLogin))
        try run.show(receipt, in: zone, isDryRun: dryRun)
        if !dryRun {
            run.console.note("Next: followup site add NAME --town TOWN, then followup staff add LOGIN.")
        }
    }

    private func agencyZone() throws -> Zone {
        do throws(ZoneError) {
            return try Zone(named: zone)
        } catch {
            throw Failure.of(error, "--zone")
        }
    }

    private func make(_ new: NewAgency, at path: String) throws {
        guard !dryRun else { return try rehearse(at: path) }
        do {
            try new.create(at: path, now: SystemClock.currentInstant(), for: CommandRun.command)
        } catch {
            throw Failure.of(error, database: path)
        }
    }

    /// What can be checked without making a file.
    private func rehearse(at path: String) throws {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return }
        throw Failure.of(SQLiteError(kind: .cannotOpen(.alreadyExists), message: ""), database: path)
    }
}
