internal import ArgumentParser
internal import CivilTime
internal import Reports
internal import Services

struct HolidayAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "add",
        abstract: "Adds a holiday; deadlines in business days that run across it move.",
        discussion: """
            Example:
              followup holiday add 2026-11-26 "Thanksgiving"
            """
    )

    @Argument(help: "The day, as 2026-11-26.")
    var date: String?

    @Argument(help: "What it is called.")
    var name: String?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        try run.ask(when: date == nil || name == nil) { questions in
            try questions.date(&self.date, "Date")
            try questions.line(&self.name, "Name")
        }
        let text = try Required.value(date, "<date>")
        let name = try Required.text(name, "<name>")
        try run.administer("holiday add", isDryRun: dryRun) { session, moments in
            let day = try moments.date(text, "<date>")
            let count = try session.addHoliday(day, named: name, isDryRun: dryRun)
            return .holiday("holiday added", day, cases: count)
        }
    }
}

extension Receipt {
    static func holiday(_ done: String, _ day: CivilDate, cases: Int) -> Receipt {
        var receipt = Receipt(done)
        receipt.add("date", "Date", .date(day))
        receipt.add("cases_recomputed", "Cases computed again", .int(cases))
        return receipt
    }
}
