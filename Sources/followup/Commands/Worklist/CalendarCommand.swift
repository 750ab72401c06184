internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services

struct CalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "calendar",
        abstract: "Writes what you owe as a calendar file (iCalendar) for a calendar program.",
        discussion: """
            What is overdue, and all that falls due, each with a reminder. An entry tells
            the case number and what is due, and no name. A file is written whole or not at
            all, for its owner alone.

            Example:
              followup calendar -o due.ics
              followup calendar --clinician amy > due.ics
            """
    )

    @Option(
        help: ArgumentHelp("The cases of this clinician (default: your own).", valueName: "login"),
        completion: Completions.logins
    )
    var clinician: String?

    @Option(help: .asOf)
    var asOf: String?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write to this file instead of the standard output.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if global.format != .table {
            throw ValidationError("--format does not go with calendar, which writes iCalendar; see today.")
        }
    }

    mutating func run() throws {
        let run = CommandRun(global)
        // A place that cannot be written to is found out before anything is read.
        let sink = try OutputSink.open(output, sparing: global.spared())
        let calendar = try run.session("calendar") { session in
            try session.calendar(of: clinician ?? session.actor.login, asOf: session.instant(asOf: asOf))
        }
        try sink.write(calendar.bytes)
        try sink.finish()
        if calendar.count == 0 { run.console.note("Nothing is open: the calendar is empty.") }
    }
}
