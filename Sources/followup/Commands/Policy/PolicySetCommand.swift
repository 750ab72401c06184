internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services
internal import Storage

struct PolicySetCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "set",
        abstract: "Gives a program other clocks and limits from a day on.",
        discussion: """
            A new policy takes the settings of the one before and changes those that are
            named. A case keeps the rules of the day of its call, so that the day must be
            later than every call of the program that it would touch: tomorrow is always
            free. "none" takes a clock away.

            Example:
              followup policy set "youth mobile crisis" --from tomorrow --window-days 45
              followup policy set "adult mobile crisis" --from 2027-01-01 \\
                --arrival-minutes none --dry-run
            """
    )

    @Argument(help: "The program's name.", completion: Completions.programs)
    var program: String?

    @Option(help: ArgumentHelp("The first day of calls that it is for.", valueName: "date"))
    var from: String?

    @OptionGroup(title: "Settings") var settings: PolicySettings

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        guard !settings.isEmpty else {
            throw Failure(
                .usage,
                "there is nothing to set",
                hint: "Name a setting, such as --window-days 45; see followup policy show."
            )
        }
        try run.ask(when: program == nil || from == nil) { questions in
            try questions.choice(&self.program, "Program", among: questions.directory.policies.programs.map(\.name))
            try questions.date(&self.from, "From")
        }
        let program = try Required.text(program, "<program>")
        let from = try Required.text(from, "--from", hint: "Name the first day, such as --from tomorrow.")
        try run.administer("policy set", isDryRun: dryRun) { session, moments in
            let day = try moments.date(from, "--from")
            let change = try session.setPolicy(of: program, from: day, isDryRun: dryRun, settings.set)
            var receipt = Receipt(change.fields.isEmpty ? "policy set, nothing in it differs" : "policy set")
            receipt.add("program", "Program", .code(program))
            receipt.add("effective_from", "Effective from", .date(day))
            receipt.add("changed", "Changed", .code(change.fields.joined(separator: ", ")))
            return receipt
        }
    }
}
