internal import ArgumentParser

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "The audit: who did what, when, to which case.",
        discussion: """
            Every command leaves an entry of its own, and one that links to it for each
            thing that it does: readings, exports, refusals and failed log-ins too.

            Example:
              followup audit list --case 2026-00042
              followup audit verify
            """,
        subcommands: [AuditListCommand.self, AuditVerifyCommand.self]
    )
}
