internal import ArgumentParser
internal import CrisisCare

extension DeadlineKind: ExpressibleByArgument {}

/// What a worklist is narrowed to.
struct WorklistOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only cases of this clinician.", valueName: "login"), completion: Completions.logins)
    var clinician: String?

    @Option(help: ArgumentHelp("Only cases of this site.", valueName: "name"), completion: Completions.sites)
    var site: String?

    @Option(help: ArgumentHelp("Only cases of this program.", valueName: "name"), completion: Completions.programs)
    var program: String?

    @Option(help: ArgumentHelp("Only deadlines of this kind.", valueName: "kind"))
    var kind: DeadlineKind?
}
