/// The stable ids of the rules. Scripts rely on the raw values; they never change.
package enum Rule: String, CaseIterable, Sendable {
    case windowClosed = "window-closed"
    case beforeEpisode = "before-episode"
    /// A step out of the order call, transfer, dispatch, arrival, discharge.
    case beforeArrival = "before-arrival"
    case inTheFuture = "in-the-future"
    case episodeClosed = "episode-closed"
    case planIncomplete = "plan-incomplete"
    case planMissing = "plan-missing"
    case referralOpen = "referral-open"
    case extensionNeedsSupervisor = "extension-needs-supervisor"
    case extensionSelfApproved = "extension-self-approved"
    case extensionTooLong = "extension-too-long"
    case ambiguousTime = "ambiguous-time"
    case noSuchTime = "no-such-time"
    case staleEdit = "stale-edit"
    case minorConsented = "minor-consented"
    case stateOrder = "state-order"
    case possibleDuplicate = "possible-duplicate"
    case notPermitted = "not-permitted"
    case inUse = "in-use"
    case promiseOutsideWindow = "promise-outside-window"
    case duplicateRef = "duplicate-ref"
    /// The episode's program has no follow-up window, so that there is nothing to extend.
    case noWindow = "no-window"
    /// "Unable to reach" before the policy's number of attempts.
    case attemptsTooFew = "attempts-too-few"
    /// A date promised to the family with a visit that was no contact.
    case promiseWithoutContact = "promise-without-contact"
    /// An arrival at an episode that was answered by phone.
    case phoneOnly = "phone-only"
    /// A merge of a client with itself, of or into one who is merged already, or the undoing of none.
    case clientMerge = "client-merge"
    /// A head of the audit that was noted elsewhere, and that the audit does not hold.
    case auditHeadMissing = "audit-head-missing"
    /// An import's row about a case that neither the files nor the database have.
    case unknownCase = "unknown-case"
    /// An import's row whose episode was refused.
    case episodeRefused = "episode-refused"
    /// Two rows of one `client_ref` that disagree about who the client is.
    case clientConflict = "client-conflict"
    /// A value that cannot be read, or that is on no list, in a row that an import was asked to skip.
    case badValue = "bad-value"
}
