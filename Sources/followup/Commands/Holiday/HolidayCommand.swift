internal import ArgumentParser

struct HolidayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "holiday",
        abstract: "The days that are no business days; clocks in business days skip them.",
        discussion: """
            Example:
              followup holiday add 2026-11-26 "Thanksgiving"
              followup holiday list
            """,
        subcommands: [HolidayAddCommand.self, HolidayListCommand.self, HolidayRemoveCommand.self]
    )
}
