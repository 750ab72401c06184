internal import ArgumentParser
internal import CivilTime
internal import Services

struct HolidayRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "remove",
        abstract: "Removes a holiday; deadlines in business days that run across it move.",
        discussion: """
            Example:
              followup holiday remove 2026-11-26
            """
    )

    @Argument(help: "The day, as 2026-11-26.")
    var date: String?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: date == nil) { try $0.date(&self.date, "Date") }
        let text = try Required.value(date, "<date>")
        try run.administer("holiday remove", isDryRun: dryRun) { session, moments in
            let day = try moments.date(text, "<date>")
            let count = try session.removeHoliday(day, isDryRun: dryRun)
            return .holiday("holiday removed", day, cases: count)
        }
    }
}
