internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Services

struct EpisodeOpenCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "open",
        abstract: "Opens an episode at its call.",
        discussion: """
            A client on record is named by --client; a new one by names and birth date. An
            option that is - takes the next line of the standard input, so that no name
            shows in the process list. At a terminal the client is looked for first. For a
            call that was answered by phone and is over, episode phone takes five answers.

            Example:
              followup episode open --call "today 14:05" --mode mobile --town Hartford \\
                --referral-source school --presenting-problem anxiety \\
                --first-name - --last-name - --birth-date 2012-03-04 < names.txt
            """
    )

    @OptionGroup(title: "Client") var person: PersonOptions
    @OptionGroup(title: "Call") var call: CallOptions
    @OptionGroup(title: "Family") var family: FamilyOptions

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: person.isIncomplete || self.call.isIncomplete) { questions in
            try questions.requireSite()
            let birthDate = try self.person.complete(&questions, run)
            try self.call.complete(&questions, birthDate: birthDate)
        }
        let names = try TextSource.names(person.names + family.names)
        let client = try person.client(firstName: names[0], lastName: names[1])
        let call = try self.call.required()
        let isNewClient = person.newClient
        try run.change("episode open", "episode opened", isDryRun: dryRun) { session, moments in
            var request = OpeningRequest(
                person: try client(moments),
                mode: call.mode,
                referralSource: call.referralSource,
                presentingProblem: call.presentingProblem,
                callReceivedAt: try moments.instant(call.time, "--call")
            )
            request.isNotADuplicate = isNewClient
            request.caregiverName = names[2] ?? ""
            request.caregiverPhone = names[3] ?? ""
            self.family.apply(to: &request)
            try self.call.apply(to: &request, moments)
            return try session.openEpisode(request, isDryRun: dryRun)
        }
    }
}
