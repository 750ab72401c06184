internal import ArgumentParser
internal import Reports
internal import Services

struct CaseloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "caseload",
        abstract: "Lists what each clinician has in hand now.",
        discussion: """
            Open cases, what is overdue in them, those to be closed within 7 days, and the
            contacts and attempts since Monday in cases that are open now, counted for who
            made them. A clinician without a case is listed too.

            Example:
              followup caseload --site Hartford
            """
    )

    @Option(help: .onlySite, completion: Completions.sites)
    var site: String?

    @Option(help: .onlyProgram, completion: Completions.programs)
    var program: String?

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        try CommandRun(global).list("caseload", whenEmpty: "No clinician yet.") { session in
            var query = CaseloadQuery()
            query.site = site
            query.program = program
            return try session.clinicianCaseload(query)
        }
    }
}
