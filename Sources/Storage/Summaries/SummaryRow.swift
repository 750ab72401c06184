package import CivilTime
package import CrisisCare

/// What a summary reads of one episode; names, notes and phone numbers are not among it.
///
/// Numbers alone: texts stand in the batch, so that a million rows make no String.
package struct SummaryRow: Sendable {
    package let id: EpisodeID
    package let caseNumber: CaseNumber
    /// The place of the reference of the source that it was imported from.
    package let sourceRef: Range<Int>?
    package let client: ClientID
    /// The place of the client's reference.
    package let clientRef: Range<Int>
    package let birthDate: CivilDate?
    package let sex: Sex
    package let program: ProgramID
    package let site: SiteID
    package let clinician: StaffID
    package let referralSource: CodeID
    package let presentingProblem: CodeID
    package let town: CodeID?
    package let dischargeReason: CodeID?
    package let part2: Bool
    package let mode: ResponseMode
    package let callReceivedAt: Instant
    package let transferredAt: Instant?
    package let callEndedAt: Instant?
    package let arrivedAt: Instant?
    package let dischargedOn: CivilDate?
    /// Read for every row that is handed out.
    package internal(set) var course: Course?

    /// What happened in the episode.
    package enum Course: Sendable {
        /// Its outline, which is final; the row's own facts are, too.
        case settled(EpisodeOutline)
        /// The place of its history in the batch.
        case unsettled(Int)
    }
}

/// Neighboring episodes of a list.
package struct SummaryBatch: Sendable {
    /// In the order of the list.
    package internal(set) var rows: [SummaryRow] = []
    /// The texts of the rows, one after the other, as UTF-8.
    package internal(set) var texts: [UInt8] = []
    /// All facts on record of the unsettled ones, without what was voided.
    package internal(set) var histories: [EpisodeHistory] = []

    package func text(_ place: Range<Int>) -> String {
        String(decoding: texts[place], as: UTF8.self)
    }

    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
        histories.removeAll(keepingCapacity: true)
    }
}
