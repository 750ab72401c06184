internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Services

struct EpisodePhoneCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "phone",
        abstract: "Opens and closes an episode that was answered by phone and is over, with five answers.",
        discussion: """
            At a terminal it asks who called about whom, what it was about, and how it
            ended; the last answer saves. A client on record is named by --client; a new one
            by names and birth date.

            Example:
              followup episode phone
              followup episode phone --client P7Q2K --referral-source school \\
                --presenting-problem anxiety --reason "met treatment goals"
            """
    )

    @OptionGroup(title: "Client") var person: PersonOptions

    @Option(help: ArgumentHelp("When the call came; local time, or with an offset.", valueName: "time"))
    var call = "now"

    @Option(help: ArgumentHelp("When it was over (default: now).", valueName: "time"))
    var ended: String?

    @Option(help: ArgumentHelp("Who called.", valueName: "code"), completion: Completions.codes(of: .referralSource))
    var referralSource: String?

    @Option(
        help: ArgumentHelp("What the crisis was about.", valueName: "code"),
        completion: Completions.codes(of: .presentingProblem)
    )
    var presentingProblem: String?

    @Option(
        help: ArgumentHelp("The discharge reason.", valueName: "code"),
        completion: Completions.codes(of: .dischargeReason)
    )
    var reason: String?

    @Option(help: ArgumentHelp("The child's town.", valueName: "town"), completion: Completions.codes(of: .town))
    var town: String?

    @Option(
        help: ArgumentHelp("The site (default: the one that answers calls from the town).", valueName: "name"),
        completion: Completions.sites
    )
    var site: String?

    @Option(
        help: ArgumentHelp("The program (default: \(ShippedProgram.youth.rawValue)).", valueName: "name"),
        completion: Completions.programs
    )
    var program: String?

    @Option(help: ArgumentHelp("Who transferred the call.", valueName: "name"))
    var transferFrom: String?

    @Option(help: ArgumentHelp("That side's own reference.", valueName: "ref"))
    var transferRef: String?

    @OptionGroup(title: "Family") var family: FamilyOptions

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try complete(run)
        let names = try TextSource.names(person.names + family.names)
        let client = try person.client(firstName: names[0], lastName: names[1])
        let source = try Required.value(referralSource, "--referral-source", hint: "Such as --referral-source school.")
        let hint = "Such as --presenting-problem anxiety."
        let problem = try Required.value(presentingProblem, "--presenting-problem", hint: hint)
        let reason = try Required.text(reason, "--reason", hint: "Such as --reason \"met treatment goals\".")
        try run.change("episode phone", "phone episode opened and closed", isDryRun: dryRun) { session, moments in
            var request = OpeningRequest(
                person: try client(moments),
                mode: .phone,
                referralSource: source,
                presentingProblem: problem,
                callReceivedAt: try moments.instant(call, "--call")
            )
            request.isNotADuplicate = person.newClient
            request.program = program ?? ShippedProgram.youth.rawValue
            request.town = town
            request.site = site
            request.transferFrom = transferFrom ?? ""
            request.transferRef = transferRef ?? ""
            request.caregiverName = names[2] ?? ""
            request.caregiverPhone = names[3] ?? ""
            family.apply(to: &request)
            return try session.recordPhoneEpisode(
                request,
                endedAt: try ended.map { try moments.instant($0, "--ended") },
                reason: reason,
                isDryRun: dryRun
            )
        }
    }

    private mutating func complete(_ run: CommandRun) throws {
        let isIncomplete = person.isIncomplete || referralSource == nil || presentingProblem == nil || reason == nil
        try run.ask(when: isIncomplete, confirms: reason != nil) { questions in
            try questions.requireSite()
            _ = try person.complete(&questions, run, isShort: true)
            try questions.code(&self.referralSource, "Referral source", of: .referralSource)
            try questions.code(&self.presentingProblem, "Presenting problem", of: .presentingProblem)
            // Only who works at several sites has to say which.
            if site == nil, town == nil, questions.sites.count > 1 {
                try questions.choice(&self.site, "Site", among: questions.sites)
            }
            guard reason == nil else { return }
            questions.tell("Call received at", self.call)
            // The summary stands above the last question, whose answer saves: one answer less.
            questions.showSummary()
            try questions.code(
                &self.reason,
                "Discharge reason, which saves (Ctrl-C saves nothing)",
                of: .dischargeReason
            )
        }
    }
}
