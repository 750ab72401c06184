internal import ArgumentParser

struct ReferralCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "referral",
        abstract: "Referrals to resources in the community, until the outcome is known.",
        discussion: """
            identified, offered, sent, accepted or waitlisted, scheduled, attended,
            connected; or rejected, declined by the family, closed without connection.

            Example:
              followup referral add 2026-00042 --service outpatient --agency "Wheeler"
              followup referral offer 2026-00042 1
              followup referral send 2026-00042 1
            """,
        subcommands: [
            ReferralAddCommand.self, ReferralOfferCommand.self, ReferralSendCommand.self,
            ReferralAnswerCommand.self, ReferralScheduleCommand.self, ReferralAttendedCommand.self,
            ReferralNoShowCommand.self, ReferralCancelCommand.self, ReferralConnectCommand.self,
            ReferralDeclineCommand.self, ReferralCloseCommand.self, ReferralHandOffCommand.self,
            ReferralListCommand.self, ReferralShowCommand.self,
        ]
    )
}
