package import CivilTime
package import CrisisCare
package import Storage

/// What one row of `export summary` says of an episode, as of an instant.
package struct EpisodeSummary: Sendable {
    package let row: SummaryRow
    package let outline: EpisodeOutline
    package let arrivedAt: Instant?
    package let discharge: Discharge?
    /// The civil day of the call.
    package let callDay: CivilDate
    /// Seconds from the start of the response clock to the arrival.
    package let responseSeconds: Int?
    private let zone: Zone

    /// - Returns: `nil` when the call lies after the as-of instant.
    init?(
        _ place: Int,
        of batch: borrowing SummaryBatch,
        under governing: MeasuredPolicy,
        callDay: CivilDate,
        asOf: Instant
    ) {
        let row = batch.rows[place]
        let clockStart: Instant
        switch row.course {
        case .settled(let outline):
            self.outline = outline
            arrivedAt = row.arrivedAt
            discharge = row.discharge
            clockStart = governing.practice.policy.responseClockStart(
                callReceivedAt: row.callReceivedAt,
                transferredAt: row.transferredAt,
                callEndedAt: row.callEndedAt
            )
        case .unsettled(let index):
            guard let history = batch.histories[index].asOf(asOf) else { return nil }
            let practice = governing.practice
            let deadlines = history.deadlines(under: practice)
            outline = EpisodeResults(of: history, deadlines, under: practice, asOf: asOf).outline
            arrivedAt = history.arrivedAt
            discharge = history.discharge
            clockStart = history.responseClockStart(under: practice.policy)
        case nil:
            return nil
        }
        responseSeconds = arrivedAt.map { Int($0.seconds(since: clockStart)) }
        self.row = row
        self.callDay = callDay
        zone = governing.practice.zone
    }

    package var isOpen: Bool { discharge == nil }

    private var response: Instant? {
        row.mode.isMobile ? arrivedAt : row.callReceivedAt
    }

    package var secondsToFirstContact: Int? {
        guard let first = outline.firstContactAt, let response else { return nil }
        return Int(first.seconds(since: response))
    }

    package var daysToPlan: Int? {
        guard let first = outline.firstPlanAt, let response else { return nil }
        return zone.date(of: first).days(since: zone.date(of: response))
    }

    package var lengthOfStay: Int? {
        discharge.map { $0.on.days(since: callDay) }
    }

    package var age: Int? {
        row.birthDate.map { Age.years(from: $0, to: callDay) }
    }
}
