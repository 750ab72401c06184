package import CivilTime
package import CrisisCare

/// What an audit entry says: who did what, when, to which case.
package struct AuditEntry: Sendable {
    package var at: Instant
    /// The sequence number of the command's own entry, for one of a use case that it carried out.
    package var command: Int64?
    package var actor: StaffID?
    package var login: String
    package var osUser: String
    /// `visit log`, `episode open`, `overdue` and so on.
    package var action: String
    /// `done`, `refused: rule-id`, `failed`, `dry run`.
    package var outcome: String
    package var episode: EpisodeID?
    package var record: Int64?
    /// JSON: before and after of each field of a change.
    package var detail: String
    package var programVersion: String

    package init(
        at: Instant,
        command: Int64? = nil,
        actor: StaffID?,
        login: String,
        osUser: String,
        action: String,
        outcome: String,
        episode: EpisodeID? = nil,
        record: Int64? = nil,
        detail: String = "",
        programVersion: String
    ) {
        self.at = at
        self.command = command
        self.actor = actor
        self.login = login
        self.osUser = osUser
        self.action = action
        self.outcome = outcome
        self.episode = episode
        self.record = record
        self.detail = detail
        self.programVersion = programVersion
    }
}
