package import CivilTime
package import CrisisCare
internal import SQLite
internal import Storage

/// What has to be known to lengthen a follow-up window.
package struct NewExtension: Sendable {
    package var grantedAt: Instant
    package var newEnd: CivilDate
    package var requestedBy: StaffID
    package var approvedBy: StaffID?
    /// Whether the approver is a supervisor of the case's site.
    package var approverIsSupervisor: Bool
    package var reason: String

    package init(
        grantedAt: Instant,
        newEnd: CivilDate,
        requestedBy: StaffID,
        approvedBy: StaffID?,
        approverIsSupervisor: Bool,
        reason: String
    ) {
        self.grantedAt = grantedAt
        self.newEnd = newEnd
        self.requestedBy = requestedBy
        self.approvedBy = approvedBy
        self.approverIsSupervisor = approverIsSupervisor
        self.reason = reason
    }
}

extension EpisodeWork {
    mutating func extend(_ new: NewExtension, _ change: inout Change) throws {
        let granted = WindowExtension(
            id: RecordID(change.keys.next()),
            grantedAt: new.grantedAt,
            newEnd: new.newEnd
        )
        let previous = history.window(at: new.grantedAt, under: practice)
        try history.grant(
            granted,
            approval: ExtensionApproval(
                requestedBy: new.requestedBy,
                approvedBy: new.approvedBy,
                approverIsSupervisor: new.approverIsSupervisor
            ),
            now: change.now,
            under: practice
        )
        // The rule above refuses an extension without a window or an approver.
        guard let previous, let approvedBy = new.approvedBy else { return }
        extensions.append(
            ExtensionRecord(
                windowExtension: granted,
                episode: record.id,
                previousEnd: previous.lastDay,
                requestedBy: new.requestedBy,
                approvedBy: approvedBy,
                reason: new.reason,
                recordedAt: change.now,
                recordedBy: change.actor.staff
            )
        )
        var detail = AuditDetail()
        detail.add("window_ends_on", from: previous.lastDay, to: new.newEnd)
        note("episode extend", record: granted.id.value, detail)
    }
}
