/// What came of an episode: whether its clocks were kept, how often the family was met, what its referrals led to.
///
/// Measures count it and nothing else of a history. Of a settled episode it is final, and stored with the deadlines.
package struct EpisodeResults: Hashable, Sendable {
    package var mode: ResponseMode
    /// What a summary shows of it, and measures count too.
    package var outline = EpisodeOutline()
    /// Whether a mobile team has arrived.
    package var isReached = false
    /// Seconds from the start of the response clock to an immediate mobile arrival, where the program has that clock.
    package var responseSeconds: Int?
    /// Civil days from the call to the discharge; `nil` before it.
    package var stay: Int?
    /// Whether the clocks were kept; `nil` where there is none, while it runs, and where something else ended it in
    /// time.
    package var deferredResponse: Bool?
    package var firstContact: Bool?
    package var safetyPlan: Bool?
    /// Plan reviews.
    package var reviews = KeptClocks()
    /// Whether the episode was closed by its window's last day; `nil` where there is none, and while it runs.
    package var closing: Bool?
    /// The as-of date minus the due date of each overdue deadline.
    package var overdueDays = 0
    /// In the order of entry.
    package var referrals: [ReferralResult] = []

    package init(mode: ResponseMode) {
        self.mode = mode
    }

    package var contacts: Int { outline.contacts }
    package var attempts: Int { outline.attempts }
    package var isExtended: Bool { outline.extensions > 0 }
    package var arrival: Bool? { outline.arrival }
}

/// Clocks of one kind that were met or have run out, and how many of them were kept.
package struct KeptClocks: Hashable, Sendable {
    package var kept = 0
    package var counted = 0

    package init() {}

    mutating func count(_ isKept: Bool?) {
        guard let isKept else { return }
        counted += 1
        if isKept { kept += 1 }
    }
}

/// What came of a referral.
package struct ReferralResult: Hashable, Sendable {
    package var service: CodeID?
    /// The clocks of the answer, one from each sending.
    package var answers = KeptClocks()
    /// Civil days from the first sending to the first answer.
    package var daysToAnswer: Int?
    /// Civil days from the first sending to the first appointment attended.
    package var daysToAppointment: Int?
    package var isConnected = false

    package init(service: CodeID?) {
        self.service = service
    }
}
