package import CivilTime
internal import CrisisCare

/// The course of a case by day, ready to be drawn: what happened, what is due, and the window around it.
///
/// Days are counted as in the timeline's `day`: 0 is the day of the response, or of the call before there is one.
package struct CaseTimeline: Hashable, Sendable {
    /// What stands on a day, the most important first: where room is short, it is the one that is shown.
    package enum Mark: Int, CaseIterable, Sendable {
        case discharge, arrival, call
        case overdue, missed, due
        case contact, attempt, otherVisit
        case planActivated, planReviewed, planDeclined
        case connected, referralEnded, appointmentMissed, referralAnswered, referralSent, appointment, referralStep
    }

    package struct PlacedMark: Hashable, Sendable {
        package let day: Int
        package let mark: Mark

        package init(_ day: Int, _ mark: Mark) {
            self.day = day
            self.mark = mark
        }
    }

    package struct Lane: Hashable, Sendable {
        package let heading: String
        /// Whether it is news that nothing happened in it.
        package let isShownEmpty: Bool
        /// By day; those of one day in the order in which they came.
        package let marks: [PlacedMark]

        package init(_ heading: String, isShownEmpty: Bool = true, _ marks: [PlacedMark]) {
            self.heading = heading
            self.isShownEmpty = isShownEmpty
            self.marks = marks.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
                .map(\.element)
        }
    }

    /// The last days of the follow-up window, which begins on day 0.
    package struct Window: Hashable, Sendable {
        /// By the policy alone.
        package let regularEnd: Int
        /// With the extensions granted.
        package let lastDay: Int

        package init(regularEnd: Int, lastDay: Int) {
            self.regularEnd = regularEnd
            self.lastDay = lastDay
        }
    }

    /// The date of day 0.
    package let dayZero: CivilDate
    /// The days to draw, from the call to the window's end or the last thing known.
    package let days: ClosedRange<Int>
    package let window: Window?
    /// The day of the as-of instant while the case is open; it may lie after `days`.
    package let asOfDay: Int?
    /// Call, arrival and discharge.
    package let course: [PlacedMark]
    package let lanes: [Lane]

    /// A case without a window is drawn at least so many days long; arbitrary, so that a scale has room.
    private static let fewestDays = 7

    package init(
        dayZero: CivilDate,
        window: Window?,
        asOfDay: Int?,
        course: [PlacedMark],
        lanes: [Lane]
    ) {
        let marked = (course + lanes.flatMap(\.marks)).map(\.day)
        // A window that is long over is not squeezed by the days since; a case without one goes on to today.
        let end = window?.lastDay ?? max(asOfDay ?? 0, Self.fewestDays)
        let first = min(marked.min() ?? 0, 0)
        self.dayZero = dayZero
        self.days = first...max(end, marked.max() ?? 0)
        self.window = window
        self.asOfDay = asOfDay
        self.course = course
        self.lanes = lanes
    }
}

extension CaseTimeline {
    /// The course of a case as its facts stood at an instant.
    init(_ history: EpisodeHistory, _ deadlines: [Deadline], under practice: Practice, asOf: Instant) {
        let zone = practice.zone
        let dayZero = zone.date(of: history.response ?? history.callReceivedAt)
        func placed(_ at: Instant, _ mark: Mark) -> PlacedMark {
            PlacedMark(zone.date(of: at).days(since: dayZero), mark)
        }
        var course = [placed(history.callReceivedAt, .call)]
        if let at = history.arrivedAt { course.append(placed(at, .arrival)) }
        if let discharge = history.discharge {
            course.append(PlacedMark(discharge.on.days(since: dayZero), .discharge))
        }
        let visits = history.visits.map { placed($0.at, Mark($0, response: history.response)) }
        let plan =
            history.plans.map { placed($0.activatedAt, .planActivated) }
            + history.reviews.map { placed($0.at, .planReviewed) }
            + (history.planDeclinedAt.map { [placed($0, .planDeclined)] } ?? [])
        let referrals = history.referrals.flatMap { referral in
            var marks = referral.events.map { placed($0.at, Mark($0.state)) }
            if let at = referral.appointmentAt, at > asOf, referral.state.isOpen {
                marks.append(placed(at, .appointment))
            }
            return marks
        }
        let due = deadlines.compactMap { deadline in
            Mark(deadline, asOf: asOf).map { placed(deadline.dueAt, $0) }
        }
        let window = history.window(under: practice).map {
            Window(regularEnd: $0.regularEnd.days(since: dayZero), lastDay: $0.lastDay.days(since: dayZero))
        }
        self.init(
            dayZero: dayZero,
            // The work by phone alone is over in a day: six empty weeks would hide it.
            window: history.mode.isMobile || practice.policy.phoneOnlyFollowUp ? window : nil,
            asOfDay: history.discharge == nil ? zone.date(of: asOf).days(since: dayZero) : nil,
            course: course,
            lanes: [
                Lane("Contacts", visits.filter { $0.mark != .attempt }),
                Lane("Attempts", isShownEmpty: false, visits.filter { $0.mark == .attempt }),
                Lane("Plan", plan), Lane("Referrals", isShownEmpty: false, referrals), Lane("Due", due),
            ]
        )
    }
}

extension CaseTimeline.Mark {
    fileprivate init(_ visit: Visit, response: Instant?) {
        if let response, visit.isContact(since: response) {
            self = .contact
        } else {
            self = visit.isAttempt ? .attempt : .otherVisit
        }
    }

    fileprivate init(_ state: ReferralState) {
        self =
            switch state {
            case .identified, .offered, .scheduled: .referralStep
            case .sent: .referralSent
            case .accepted, .waitlisted: .referralAnswered
            case .attended, .connected: .connected
            case .noShow, .cancelled: .appointmentMissed
            case .rejected, .declinedByFamily, .closedWithoutConnection: .referralEnded
            }
    }

    /// `nil` for what was met in time or fell away before it was due: it would only hide what matters.
    fileprivate init?(_ deadline: Deadline, asOf: Instant) {
        switch deadline.outcome {
        case .open:
            self = deadline.isOverdue(at: asOf) ? .overdue : .due
        case .met(let at), .cancelled(let at, _):
            guard at > deadline.dueAt else { return nil }
            self = .missed
        }
    }
}
