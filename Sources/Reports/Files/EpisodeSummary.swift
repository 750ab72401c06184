package import CivilTime
package import CrisisCare
package import Storage

/// What one row of `export summary` says of an episode, as of an instant.
///
/// Not copyable: it is large, and made for each row.
package struct EpisodeSummary: ~Copyable, Sendable {
    package let row: SummaryRow
    package let outline: EpisodeOutline
    package let arrivedAt: Instant?
    /// The day of the discharge; `nil` for an open episode.
    package let dischargedOn: CivilDate?
    /// The civil day of the call.
    package let callDay: CivilDate
    /// Seconds from the start of the response clock to the arrival.
    package let responseSeconds: Int?
    package let daysToPlan: Int?
    private let response: Instant?

    /// Of a settled episode, whose own facts are final.
    init(_ row: SummaryRow, _ outline: EpisodeOutline, under policy: Policy, callDay: CivilDate, in zone: Zone) {
        let clockStart = policy.responseClockStart(
            callReceivedAt: row.callReceivedAt,
            transferredAt: row.transferredAt,
            callEndedAt: row.callEndedAt
        )
        self.init(row, outline, row.arrivedAt, row.dischargedOn, clockStart: clockStart, callDay: callDay, in: zone)
    }

    /// - Returns: `nil` when the call lies after the as-of instant.
    init?(
        _ row: SummaryRow,
        _ history: EpisodeHistory,
        under practice: Practice,
        callDay: CivilDate,
        asOf: Instant
    ) {
        guard let history = history.asOf(asOf) else { return nil }
        let deadlines = history.deadlines(under: practice)
        self.init(
            row,
            EpisodeResults(of: history, deadlines, under: practice, asOf: asOf).outline,
            history.arrivedAt,
            history.discharge?.on,
            clockStart: history.responseClockStart(under: practice.policy),
            callDay: callDay,
            in: practice.zone
        )
    }

    private init(
        _ row: SummaryRow,
        _ outline: EpisodeOutline,
        _ arrivedAt: Instant?,
        _ dischargedOn: CivilDate?,
        clockStart: Instant,
        callDay: CivilDate,
        in zone: Zone
    ) {
        self.row = row
        self.outline = outline
        self.arrivedAt = arrivedAt
        self.dischargedOn = dischargedOn
        self.callDay = callDay
        responseSeconds = arrivedAt.map { Int($0.seconds(since: clockStart)) }
        response = row.mode.isMobile ? arrivedAt : row.callReceivedAt
        if let first = outline.firstPlanAt, let response {
            daysToPlan = zone.date(of: first).days(since: zone.date(of: response))
        } else {
            daysToPlan = nil
        }
    }

    package var isOpen: Bool { dischargedOn == nil }

    package var secondsToFirstContact: Int? {
        guard let first = outline.firstContactAt, let response else { return nil }
        return Int(first.seconds(since: response))
    }

    package var lengthOfStay: Int? {
        dischargedOn.map { $0.days(since: callDay) }
    }

    package var age: Int? {
        row.birthDate.map { Age.years(from: $0, to: callDay) }
    }
}
