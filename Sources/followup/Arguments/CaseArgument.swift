internal import ArgumentParser

/// The case that a command is about.
struct CaseArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The case number, such as 2026-00042.", valueName: "case"),
        completion: Completions.openCases
    )
    var number: String?

    func required(_ run: CommandRun) throws -> String {
        try run.caseNumber(Required.text(number, "<case>", hint: "Give the case number, such as 2026-00042."))
    }
}
