internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services

struct EpisodeAmendCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "amend",
        abstract: "Corrects what is recorded of an episode; the case's deadlines follow.",
        discussion: """
            The audit keeps what was recorded before, and the reason. At a terminal, without
            any option, it asks what is to be corrected. With --if-version the amendment is
            refused when somebody else changed the case since show printed that version.

            Example:
              followup episode amend 2026-00042 --arrived 2026-11-20T14:41 --reason "typo"
              followup episode amend 2026-00042 --clear arrived --if-version 3 \\
                --reason "wrong case"
            """
    )

    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @OptionGroup(title: "What is right") var right: AmendOptions

    @Option(help: ArgumentHelp("Why it is corrected.", valueName: "text"))
    var reason: String?

    @Option(help: ArgumentHelp("Only if the case still has this version.", valueName: "number"))
    var ifVersion: Int?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        if let field = right.contradiction {
            throw Failure(
                .usage,
                "--\(field.rawValue) and --clear \(field.rawValue) contradict each other",
                hint: "Give what is right, or take it away."
            )
        }
        try complete(run)
        let number = try run.required(caseNumber: caseNumber)
        let reason = try Required.text(reason, "--reason")
        guard !right.isEmpty else {
            throw Failure(
                .usage,
                "there is nothing to correct",
                hint: "Give what is right, such as --arrived 2026-11-20T14:05 or --town Hartford; see --help."
            )
        }
        let (right, ifVersion) = (self.right, self.ifVersion)
        let names = try TextSource.names(right.names)
        try run.change("episode amend", "case corrected", isDryRun: dryRun) { session, moments in
            var amendment = try right.amendment(names, moments)
            amendment.readVersion = ifVersion
            return try session.amendEpisode(number, amendment, reason: reason, isDryRun: dryRun)
        } adding: { change, receipt in
            receipt.detail.add("version", "Version", .int(change.version))
        }
    }

    /// At a terminal the present values are shown, and what is right is asked for; an edit that somebody else makes
    /// meanwhile is then found by the version that was shown.
    private mutating func complete(_ run: CommandRun) throws {
        let isIncomplete = caseNumber == nil || reason == nil || right.isEmpty
        let asksForFields = right.isEmpty
        try run.ask(when: isIncomplete) { questions in
            try questions.caseNumber(&caseNumber)
            try rehearse(run)
            if asksForFields {
                let present = try PresentCase(try run.required(caseNumber: caseNumber), run)
                try self.right.complete(&questions, present)
                self.ifVersion = self.ifVersion ?? present.version
                // Nobody is asked why something is corrected that cannot be.
                try rehearse(run)
            }
            try questions.line(&self.reason, "Reason")
        }
    }

    /// Corrects the case as far as that is known by now, and keeps nothing of it.
    private func rehearse(_ run: CommandRun) throws {
        let number = try run.required(caseNumber: caseNumber)
        // What the standard input is to tell has not been read yet.
        let names = right.names.map { $0.text == "-" ? nil : $0.text }
        try run.session("episode amend") { session in
            var amendment = try right.amendment(names, Moments(zone: session.zone, now: session.now))
            amendment.readVersion = ifVersion
            _ = try session.amendEpisode(number, amendment, reason: reason ?? "", isDryRun: true)
        }
    }
}

/// A case as it stands, shown to whoever is to correct it.
struct PresentCase {
    let version: Int?
    private let values: [String: String]

    init(_ number: String, _ run: CommandRun) throws {
        let (detail, zone) = try run.session("episode amend") { session in
            (try session.showCase(number, asOf: nil, action: "episode amend"), session.zone)
        }
        let presentation = Presentation.plain(zone: zone, ascii: true)
        var values: [String: String] = [:]
        var version: Int?
        for field in detail.fields {
            values[field.column.key] = presentation.text(field.cell)
            if field.column.key == "version", case .int(let number) = field.cell { version = number }
        }
        // What the person is not shown is not said to be missing.
        if values["minor_consented"] == presentation.text(.bool(true)) {
            for key in ["caregiver", "phone"] { values[key] = "(withheld: minor-consented care)" }
        }
        self.values = values
        self.version = version
    }

    /// What is recorded under a key of `show`; a dash when nothing is.
    func text(_ key: String) -> String {
        let text = values[key] ?? ""
        return text.isEmpty ? "-" : text
    }
}
