internal import ArgumentParser

struct StaffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff",
        abstract: "Who works with the cases, and in which role.",
        discussion: """
            Example:
              followup staff add bea --name "Bea Brown" --role clinician@Hartford
              followup staff list
            """,
        subcommands: [
            StaffAddCommand.self, StaffListCommand.self, StaffSetCommand.self, StaffRetireCommand.self,
        ]
    )
}
