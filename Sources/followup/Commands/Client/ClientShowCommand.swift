internal import ArgumentParser
internal import Reports
internal import Services

struct ClientShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "show",
        abstract: "Shows a client with all cases.",
        discussion: """
            Example:
              followup client show P7Q2K
            """
    )

    @Argument(help: ArgumentHelp("The client's reference, or a case number.", valueName: "ref"))
    var ref: String

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        let (detail, zone) = try run.session("client show") { session in (try session.showClient(ref), session.zone) }
        try run.show(detail, in: zone)
    }
}
