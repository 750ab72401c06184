/// Where a referral stands in the closed loop. Source: practice.md section 5.
package enum ReferralState: String, CaseIterable, Sendable {
    case identified
    case offered
    case sent
    case accepted
    case rejected
    case waitlisted
    case scheduled
    case attended
    case noShow = "no-show"
    case cancelled
    case connected
    case declinedByFamily = "declined by family"
    case closedWithoutConnection = "closed without connection"

    /// The states that may follow this one.
    package var next: Set<ReferralState> {
        let onward: Set<ReferralState> =
            switch self {
            case .identified: [.offered]
            case .offered: [.sent]
            case .sent: [.accepted, .rejected, .waitlisted]
            case .waitlisted: [.accepted, .rejected]
            case .accepted: [.scheduled, .attended]
            case .scheduled: [.scheduled, .attended, .noShow, .cancelled]
            case .noShow, .cancelled: [.scheduled]
            case .attended: [.connected]
            case .rejected, .connected, .declinedByFamily, .closedWithoutConnection: []
            }
        return isOpen ? onward.union([.declinedByFamily, .closedWithoutConnection]) : onward
    }

    /// Whether something is still to be done; `attended` is an outcome that only awaits its name, `connected`.
    package var isOpen: Bool {
        switch self {
        case .identified, .offered, .sent, .accepted, .waitlisted, .scheduled, .noShow, .cancelled: true
        case .rejected, .attended, .connected, .declinedByFamily, .closedWithoutConnection: false
        }
    }

    /// Whether this step may be later than the discharge: answers and appointments come when they come.
    package var mayFollowDischarge: Bool {
        switch self {
        case .identified, .offered, .sent: false
        default: true
        }
    }

    /// Whether the agency or the family has answered what was sent.
    package var isAnswer: Bool {
        switch self {
        case .accepted, .rejected, .waitlisted, .declinedByFamily, .closedWithoutConnection: true
        default: false
        }
    }
}
