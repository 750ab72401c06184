package import CivilTime
package import CrisisCare

/// A correction of what is recorded of an episode; what is `nil` stays.
package struct EpisodeAmendment: Sendable {
    /// What can be taken away, because it never was or is not known.
    package enum Clearable: String, CaseIterable, Sendable {
        case callEnded = "call-ended"
        case transferred
        case dispatched
        case arrived
        case lateReason = "late-reason"
        case location
        case town
        case language
        case caregiverName = "caregiver-name"
        case caregiverPhone = "caregiver-phone"
        case accessChannel = "access-channel"
        case authority
        case transferFrom = "transfer-from"
        case transferRef = "transfer-ref"
    }

    package var callReceivedAt: Instant?
    package var callEndedAt: Instant?
    package var transferredAt: Instant?
    package var dispatchedAt: Instant?
    package var arrivedAt: Instant?
    package var lateArrivalReason: String?
    package var mode: ResponseMode?
    /// Another client, by reference: the episode was opened for the wrong child.
    package var client: String?
    package var program: String?
    package var referralSource: String?
    package var presentingProblem: String?
    package var location: String?
    package var town: String?
    package var language: String?
    package var caregiverName: String?
    package var caregiverPhone: String?
    package var minorConsented: Bool?
    package var part2: Bool?
    package var accessChannel: AccessChannel?
    package var authority: String?
    package var transferFrom: String?
    package var transferRef: String?
    package var cleared: Set<Clearable> = []
    /// The version of the case that the editor had seen; an amendment of an older one is refused.
    package var readVersion: Int?

    package init(
        callReceivedAt: Instant? = nil,
        transferredAt: Instant? = nil,
        dispatchedAt: Instant? = nil,
        arrivedAt: Instant? = nil
    ) {
        self.callReceivedAt = callReceivedAt
        self.transferredAt = transferredAt
        self.dispatchedAt = dispatchedAt
        self.arrivedAt = arrivedAt
    }
}
