internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services
internal import Storage

struct PolicyShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "show",
        abstract: "Shows the policies of the programs; a case keeps the one of the day of its call.",
        discussion: """
            Example:
              followup policy show --program "youth mobile crisis"
            """
    )

    @Option(help: ArgumentHelp("Only this program.", valueName: "name"), completion: Completions.programs)
    var program: String?

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let run = CommandRun(global)
        let (details, zone) = try run.session("policy show") { session in
            (try Self.details(of: try session.policyList(), only: program), session.zone)
        }
        guard run.options.format == .table else {
            return try run.show(Self.listing(details), in: zone, whenEmpty: "")
        }
        let sink = OutputSink.standardOutput
        let presentation = Presentation.of(sink, zone: zone, noColor: global.noColor)
        for (index, detail) in details.enumerated() {
            if index > 0 { try sink.write("\n") }
            try detail.write(as: .table, to: sink, presentation: presentation, console: run.console)
        }
        try sink.finish()
    }

    private static func details(of book: PolicyBook, only name: String?) throws -> [Detail] {
        let programs = book.programs.filter { name == nil || $0.name == name }
        guard !programs.isEmpty else {
            let names = book.programs.map { "\"\($0.name)\"" }.joined(separator: ", ")
            throw Failure(.notFound, "no such program", hint: "The programs are: \(names).")
        }
        return programs.flatMap { program in program.policies.map { PolicyDetail.of($0, program: program.name) } }
    }

    private static func listing(_ details: [Detail]) -> Listing {
        Listing(columns: details.first?.fields.map(\.column) ?? [], rows: details.map { $0.fields.map(\.cell) })
    }
}
