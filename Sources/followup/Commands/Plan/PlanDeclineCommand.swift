internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Services
internal import Storage

extension PlanDecliner: ExpressibleByArgument {}

struct PlanDeclineCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "decline",
        abstract: "Records that the family wants no plan; the plan is then no longer due.",
        discussion: """
            Over an active version it is refused, or asked about at a terminal, unless
            --despite-plan says that it is meant; the version stays active.

            Example:
              followup plan decline 2026-00042 --by both --reason - < reason.txt
            """
    )

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @Option(help: "Who declined it.")
    var by: PlanDecliner?

    @Option(help: ArgumentHelp("Why, in their words; - reads it from the standard input.", valueName: "text"))
    var reason: String?

    @Option(help: .time)
    var at = "now"

    @Flag(help: "Record it although a version of the plan is active.")
    var despitePlan = false

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: caseNumber == nil || by == nil || reason == nil) { questions in
            try questions.caseNumber(&caseNumber)
            try questions.choice(&self.by, "Declined by")
            try questions.line(&self.reason, "Reason")
        }
        let number = try run.required(caseNumber: caseNumber)
        let decliner = try Required.value(by, "--by", oneOf: PlanDecliner.words)
        let reason = try Required.text(try reason.map { try TextSource.note($0, file: nil) }, "--reason")
        try confirmDespitePlan(run, number, decliner)
        try run.change("plan decline", "plan declined", isDryRun: dryRun) { session, moments in
            try session.declinePlan(
                number,
                by: decliner,
                reason: reason,
                at: try moments.instant(at, "--at"),
                isDespitePlan: despitePlan,
                isDryRun: dryRun
            )
        }
    }

    /// At a terminal the decline is rehearsed first, because only the case tells whether a version is active.
    private mutating func confirmDespitePlan(_ run: CommandRun, _ number: String, _ decliner: PlanDecliner) throws {
        guard !despitePlan, let prompt = Prompt.atTerminal(style: .of(2, noColor: global.noColor)) else { return }
        do {
            try run.session("plan decline") { session in
                let instant = try Moments(zone: session.zone, now: session.now).instant(at, "--at")
                _ = try session.declinePlan(number, by: decliner, reason: "", at: instant, isDryRun: true)
            }
        } catch let refusal as RuleViolation where refusal.rule == .stateOrder {
            prompt.say("In case \(number) \(refusal.message).")
            guard try prompt.confirm("Record all the same that it wants none?", default: false) else { throw refusal }
            despitePlan = true
        }
    }
}
