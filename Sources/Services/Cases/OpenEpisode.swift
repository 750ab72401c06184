package import CivilTime
package import CrisisCare
internal import SQLite
internal import Storage

/// What has to be known to open an episode; the client is found or added before.
package struct NewEpisode: Sendable {
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

    package init(
        client: ClientID,
        program: ProgramID,
        site: SiteID,
        clinician: StaffID,
        mode: ResponseMode,
        referralSource: CodeID,
        presentingProblem: CodeID,
        callReceivedAt: Instant
    ) {
        self.client = client
        self.program = program
        self.site = site
        self.clinician = clinician
        self.mode = mode
        self.referralSource = referralSource
        self.presentingProblem = presentingProblem
        self.callReceivedAt = callReceivedAt
    }
}

extension EpisodeWork {
    /// Opens an episode at its call.
    static func open(_ new: NewEpisode, as number: CaseNumber, _ change: inout Change) throws -> EpisodeWork {
        var record = EpisodeRecord(
            id: EpisodeID(change.keys.next()),
            caseNumber: number,
            client: new.client,
            program: new.program,
            site: new.site,
            clinician: new.clinician,
            mode: new.mode,
            referralSource: new.referralSource,
            presentingProblem: new.presentingProblem,
            callReceivedAt: new.callReceivedAt,
            recordedAt: change.now,
            recordedBy: change.actor.staff
        )
        record.sourceRef = new.sourceRef
        record.location = new.location
        record.town = new.town
        record.language = new.language
        record.caregiverName = new.caregiverName
        record.caregiverPhone = new.caregiverPhone
        record.minorConsented = new.minorConsented
        record.part2 = new.part2
        record.accessChannel = new.accessChannel
        record.authority = new.authority
        record.transferFrom = new.transferFrom
        record.transferRef = new.transferRef
        let history = record.history
        try history.checkOpening(now: change.now)
        let practice = try change.practice(of: new.program, calledAt: new.callReceivedAt)
        var work = EpisodeWork(record: record, history: history, practice: practice, readVersion: nil)
        work.note("episode open")
        return work
    }
}

/// The next case number of a year. Numbers are never given twice, voided cases and the references of imported ones
/// included, because people find a case by either.
enum CaseNumbering {
    static func next(for call: Instant, in zone: Zone, _ db: borrowing Access<Writing>) throws -> CaseNumber {
        let year = zone.date(of: call).year
        let last = try EpisodeStore.lastNumber(of: year, in: db) ?? CaseNumber(year: year, counter: 0)
        var number = CaseNumber(order: last.order + 1)
        while try EpisodeStore.exists(sourceRef: number.description, in: db) {
            number = CaseNumber(order: number.order + 1)
        }
        return number
    }
}
