internal import ArgumentParser
internal import CivilTime
internal import Reports
internal import Services

struct HolidayListCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "list",
        abstract: "Lists the holidays.",
        discussion: """
            Example:
              followup holiday list
            """
    )

    @OptionGroup var global: GlobalOptions

    func run() throws {
        try CommandRun(global).list("holiday list", whenEmpty: "no holidays listed") { session in
            var listing = Listing(columns: [Column("date", "Date"), Column("name", "Name")])
            for holiday in try session.holidayList() { listing.append([.date(holiday.day), .text(holiday.name)]) }
            return listing
        }
    }
}
