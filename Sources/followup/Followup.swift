internal import ArgumentParser
internal import Glibc
private import Services

/// The program: reads the command line, runs one command, and ends with the status of cli.md.
@main
struct Followup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "followup",
        abstract: "Keeps mobile crisis follow-up on time: episodes, visits, plans, referrals and what is due.",
        discussion: """
            Example:
              followup init --agency "Wheeler" --admin amy
              followup episode arrived 2026-00042 --at 2026-11-20T14:05
              followup visit log 2026-00042 --mode phone --with caregiver --note -

            Times are local to the agency: 2026-11-20T14:05, "today 14:05" or now.
            Each command answers --help.
            """,
        version: ProgramVersion.current,
        subcommands: [
            InitCommand.self, StaffCommand.self, SiteCommand.self, PolicyCommand.self, CodeCommand.self,
            HolidayCommand.self,
            EpisodeCommand.self, VisitCommand.self, PlanCommand.self, ReferralCommand.self, ClientCommand.self,
            OverdueCommand.self, CaseloadCommand.self, ChangesCommand.self,
            TodayCommand.self, CalendarCommand.self, ShowCommand.self,
            ReportCommand.self,
            ImportCommand.self, ExportCommand.self, CheckCommand.self, AuditCommand.self, DemoCommand.self,
            BackupCommand.self, RestoreCommand.self, DecryptCommand.self,
        ]
    )

    static func main() {
        // Whatever the program makes holds records: it is its owner's alone.
        umask(0o077)
        ReaderGone.becomesAnError()
        let arguments = RawArguments(words: Array(CommandLine.arguments.dropFirst()))
        do {
            try requireCommandLine()
            try arguments.requireText()
            var command = try understand(arguments)
            try command.run()
        } catch {
            end(error, arguments)
        }
    }

    /// Swift reads the command line from /proc. Where that is missing there are no words, not even the program's name,
    /// and what was asked would be answered with the help, as if it had been done.
    private static func requireCommandLine() throws(Failure) {
        guard !CommandLine.arguments.isEmpty else {
            throw Failure(
                .unusable,
                "the program cannot read its own command line",
                hint: "Nothing was done. Is /proc mounted? In a container or a chroot, mount it and try again."
            )
        }
    }

    private static func understand(_ arguments: RawArguments) throws -> any ParsableCommand {
        if let command = CommandTree.command(of: arguments.inOrder) { return command }
        do {
            return try parseAsRoot(arguments.inOrder)
        } catch {
            if exitCode(for: error).isSuccess { throw error }
            throw UsageFailure.of(
                message: message(for: error),
                fullMessage: fullMessage(for: error),
                words: arguments.words
            )
        }
    }

    private static func end(_ error: any Error, _ arguments: RawArguments) -> Never {
        if error is ReaderGone { Glibc.exit(ReaderGone.exitCode) }
        // The command has said everything itself, as `overdue --check` has with its list.
        if let status = error as? ExitCode { Glibc.exit(status.rawValue) }
        // Help and the version come as errors that are none.
        if exitCode(for: error).isSuccess { exit(withError: error) }
        let failure = Failure.of(error)
        let console = Console.standardError(quiet: false, noColor: arguments.asksForNoColor)
        console.report(failure, as: arguments.asksForJSON ? .json : .table)
        Glibc.exit(failure.status.rawValue)
    }
}
