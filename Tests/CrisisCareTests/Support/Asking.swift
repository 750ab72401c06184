import CivilTime
import Testing

@testable import CrisisCare

extension EpisodeHistory {
    /// Every deadline of a kind, in the order in which their clocks start.
    func deadlines(_ kind: DeadlineKind, under practice: Practice = youth) -> [Deadline] {
        deadlines(under: practice).filter { $0.kind == kind }.sorted { $0.startedAt < $1.startedAt }
    }

    /// The only deadline of a kind.
    func only(
        _ kind: DeadlineKind,
        under practice: Practice = youth,
        _ location: SourceLocation = #_sourceLocation
    ) throws -> Deadline {
        let found = deadlines(kind, under: practice)
        try #require(found.count == 1, "\(found)", sourceLocation: location)
        return found[0]
    }

    /// The kinds that are open at an instant, by the facts up to it.
    func open(at instant: Instant, under practice: Practice = youth) -> Set<DeadlineKind> {
        kinds(at: instant, under: practice) { $0.outcome == .open }
    }

    /// The kinds that are overdue at an instant, by the facts up to it.
    func overdue(at instant: Instant, under practice: Practice = youth) -> Set<DeadlineKind> {
        kinds(at: instant, under: practice) { $0.isOverdue(at: instant) }
    }

    private func kinds(at instant: Instant, under practice: Practice, _ isAsked: (Deadline) -> Bool) -> Set<
        DeadlineKind
    > {
        Set((asOf(instant)?.deadlines(under: practice) ?? []).filter(isAsked).map(\.kind))
    }
}

/// The rule that refuses an action, or `nil`. Whatever refuses has to say what to do next.
func ruleRefusing(
    _ location: SourceLocation = #_sourceLocation,
    _ action: () throws(RuleViolation) -> Void
) -> Rule? {
    do {
        try action()
        return nil
    } catch {
        #expect(error.remedy.count > 10 && error.remedy.hasSuffix("."), "\(error)", sourceLocation: location)
        #expect(error.message.count > 10 && !error.message.hasSuffix("."), "\(error)", sourceLocation: location)
        return error.rule
    }
}

extension EpisodeHistory {
    /// The rule that refuses a change of the history, or `nil`. What is refused must have changed nothing.
    func refusal(
        _ location: SourceLocation = #_sourceLocation,
        of change: (inout EpisodeHistory) throws(RuleViolation) -> Void
    ) -> Rule? {
        var changed = self
        let rule = ruleRefusing(location) { () throws(RuleViolation) in try change(&changed) }
        if rule != nil {
            #expect(String(reflecting: changed) == String(reflecting: self), sourceLocation: location)
        }
        return rule
    }

    /// The rule that refuses a visit.
    func refusal(
        ofVisitAt instant: Instant,
        _ result: ContactResult = .completed,
        with: ContactWith = .youth,
        promised: CivilDate? = nil,
        now: Instant = muchLater,
        under practice: Practice = youth,
        _ location: SourceLocation = #_sourceLocation
    ) -> Rule? {
        let visit = Visit.at(instant, result, with: with, promised: promised)
        return refusal(location) { (history) throws(RuleViolation) in
            try history.record(visit, isOverruled: false, now: now, under: practice)
        }
    }

    /// The rule that refuses an extension that another person, a supervisor, grants.
    func refusal(
        ofExtensionAt instant: Instant,
        to end: CivilDate,
        now: Instant = muchLater,
        under practice: Practice = youth,
        _ location: SourceLocation = #_sourceLocation
    ) -> Rule? {
        refusal(location) { (history) throws(RuleViolation) in
            try history.grantBySupervisor(instant, to: end, now: now, under: practice)
        }
    }

    mutating func grantBySupervisor(
        _ instant: Instant,
        to end: CivilDate,
        now: Instant = muchLater,
        under practice: Practice = youth
    ) throws(RuleViolation) {
        try grant(
            WindowExtension(id: RecordID(800 + Int64(extensions.count)), grantedAt: instant, newEnd: end),
            approval: ExtensionApproval(requestedBy: StaffID(1), approvedBy: StaffID(2), approverIsSupervisor: true),
            now: now,
            under: practice
        )
    }

    mutating func log(_ visit: Visit, now: Instant = muchLater) throws(RuleViolation) {
        try record(visit, isOverruled: false, now: now, under: youth)
    }
}
