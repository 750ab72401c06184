internal import CivilTime
internal import CrisisCare
internal import Services
internal import Storage

/// One thing that happened in a case, for its timeline.
struct CaseEvent {
    let at: Instant
    let what: String
    let detail: String
    let by: StaffID?

    init(_ at: Instant, _ what: String, _ detail: String = "", by: StaffID? = nil) {
        self.at = at
        self.what = what
        self.detail = detail
        self.by = by
    }
}

/// The records of a case, and with them its timeline.
struct CaseRecords {
    let episode: EpisodeRecord
    let visits: [VisitRecord]
    let extensions: [ExtensionRecord]
    let plans: [PlanVersion]
    let reviews: [PlanReview]
    let planDeclinedAt: Instant?
    let referrals: [ReferralRecord]

    /// Everything that had happened by an instant, in order.
    func events(until asOf: Instant, response: Instant?, _ codes: CodeBook) -> [CaseEvent] {
        var events = [CaseEvent(episode.callReceivedAt, "call", codes.text(episode.presentingProblem) ?? "")]
        if let at = episode.transferredAt { events.append(CaseEvent(at, "transfer to provider")) }
        if let at = episode.dispatchedAt { events.append(CaseEvent(at, "dispatch")) }
        if let at = episode.arrivedAt { events.append(CaseEvent(at, "arrival", codes.text(episode.location) ?? "")) }
        events += visits.map { visit($0, response: response) }
        events += plans.map { CaseEvent($0.activatedAt, "safety plan", "version \($0.version) activated") }
        events += reviews.map { CaseEvent($0.at, "safety plan", "reviewed") }
        if let at = planDeclinedAt { events.append(CaseEvent(at, "safety plan", "declined by the family")) }
        for record in referrals {
            let service = codes.text(record.serviceType) ?? ""
            let about = record.agency.isEmpty ? service : "\(service), \(record.agency)"
            events += record.referral.events.map { CaseEvent($0.at, "referral \($0.state.rawValue)", about) }
        }
        events += extensions.map { granted in
            CaseEvent(
                granted.windowExtension.grantedAt,
                "extension",
                "window to \(granted.windowExtension.newEnd): \(granted.reason)",
                by: granted.approvedBy
            )
        }
        if let discharge = episode.discharge {
            events.append(CaseEvent(discharge.at, "discharge", codes.text(episode.dischargeReason) ?? ""))
        }
        // A stable order: what happened at one instant stays in the order above.
        return events.enumerated().filter { $0.element.at <= asOf }
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    private func visit(_ record: VisitRecord, response: Instant?) -> CaseEvent {
        let visit = record.visit
        let what =
            if let response, visit.isContact(since: response) {
                "contact"
            } else if visit.isAttempt {
                "attempt"
            } else {
                "visit"
            }
        var parts = [visit.mode.rawValue, visit.result.rawValue, "with \(visit.with.rawValue)"]
        if let minutes = record.minutes { parts.append("\(minutes) min") }
        if let promised = visit.promisedNext { parts.append("next promised for \(promised)") }
        if !record.overrideReason.isEmpty {
            parts.append("although the youth consented alone: \(record.overrideReason)")
        }
        return CaseEvent(visit.at, what, parts.joined(separator: ", "), by: record.clinician)
    }
}
