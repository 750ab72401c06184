package import CivilTime
package import CrisisCare

/// One row of `episode`: all that is recorded of it, and what the rules give for it as its facts stand.
package struct EpisodeRecord: Sendable {
    package var id: EpisodeID
    package var caseNumber: CaseNumber
    /// The reference of the source that it was imported from.
    package var sourceRef: String?
    package var client: ClientID
    package var program: ProgramID
    package var site: SiteID
    package var clinician: StaffID
    package var mode: ResponseMode
    package var referralSource: CodeID
    package var presentingProblem: CodeID
    package var location: CodeID?
    package var town: CodeID?
    package var language = ""
    package var caregiverName = ""
    package var caregiverPhone = ""
    package var minorConsented = false
    package var part2 = false
    package var accessChannel: AccessChannel?
    package var authority = ""
    package var transferFrom = ""
    package var transferRef = ""
    package var callReceivedAt: Instant
    package var callEndedAt: Instant?
    package var transferredAt: Instant?
    package var dispatchedAt: Instant?
    package var arrivedAt: Instant?
    package var lateArrivalReason = ""
    package var discharge: Discharge?
    package var dischargeReason: CodeID?
    package var closingOverride = ""
    package var handoverReason = ""
    package var standing = CaseStanding()
    package var recordedAt: Instant
    package var recordedBy: StaffID
    package var version = 1
    package var voidedAt: Instant?

    package init(
        id: EpisodeID,
        caseNumber: CaseNumber,
        client: ClientID,
        program: ProgramID,
        site: SiteID,
        clinician: StaffID,
        mode: ResponseMode,
        referralSource: CodeID,
        presentingProblem: CodeID,
        callReceivedAt: Instant,
        recordedAt: Instant,
        recordedBy: StaffID
    ) {
        self.id = id
        self.caseNumber = caseNumber
        self.client = client
        self.program = program
        self.site = site
        self.clinician = clinician
        self.mode = mode
        self.referralSource = referralSource
        self.presentingProblem = presentingProblem
        self.callReceivedAt = callReceivedAt
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
    }

    /// The reference by which files know the case: the source's own, or its case number.
    package var caseRef: String {
        sourceRef ?? caseNumber.description
    }

    /// The episode's own facts; visits, plans and the rest are added by who loads them.
    package var history: EpisodeHistory {
        var history = EpisodeHistory(
            id: id,
            mode: mode,
            callReceivedAt: callReceivedAt,
            minorConsented: minorConsented
        )
        history.callEndedAt = callEndedAt
        history.transferredAt = transferredAt
        history.dispatchedAt = dispatchedAt
        history.arrivedAt = arrivedAt
        history.discharge = discharge
        return history
    }
}

/// What the rules give for a case as its facts stand, kept beside its deadlines for the lists.
package struct CaseStanding: Hashable, Sendable {
    package var windowEndsOn: CivilDate?
    package var lastContactAt: Instant?
    /// Attempts since the last contact, or the response.
    package var attempts = 0
    /// What reports count of it, packed (`PackedResults`); `nil` while anything is owed.
    package var results: [UInt8]?

    package init() {}

    /// What lists show of it, without its results.
    package init(of history: EpisodeHistory, under practice: Practice) {
        windowEndsOn = history.window(under: practice)?.lastDay
        lastContactAt = history.lastContact?.at
        attempts = history.attemptsSinceContact
    }

    /// All of it, as it is stored.
    /// - Parameter deadlines: what the rules give for the history.
    package init(of history: EpisodeHistory, _ deadlines: [Deadline], under practice: Practice) {
        self.init(of: history, under: practice)
        results = SettledResults(of: history, deadlines, under: practice).map(PackedResults.bytes)
    }
}
