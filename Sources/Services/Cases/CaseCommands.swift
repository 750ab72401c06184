package import CivilTime
package import CrisisCare
internal import SQLite
internal import Storage

// The use cases of one person at one case: load, let the rules decide, write, audit, all in one transaction.

/// What a change of a case leaves to be shown.
package struct CaseChange: Sendable {
    package let caseNumber: CaseNumber
    package let history: EpisodeHistory
    package let practice: Practice
    /// The visit that was logged, by which it can be voided.
    package var loggedVisit: RecordID<Visit>?
    /// The version of the episode after the change.
    package var version = 1
    package var warnings: [String] = []
    /// What may be done now, and is never done by itself.
    package var offers: [String] = []

    /// What the case owes from now on, soonest first.
    package var openDeadlines: [Deadline] {
        history.deadlines(under: practice).filter { $0.outcome == .open }.sorted { $0.dueAt < $1.dueAt }
    }
}

extension Session {
    /// One use case of one person at one case.
    borrowing func work(
        _ action: String,
        on caseText: String,
        needing permission: Permission,
        isDryRun: Bool,
        _ body: (inout EpisodeWork, inout Change, borrowing Access<Writing>) throws -> Void
    ) throws -> CaseChange {
        try change(action, needing: permission, of: caseText, isDryRun: isDryRun, leavesRules: true) { change, db in
            var work = try EpisodeWork.load(caseText, needing: permission, change, in: db)
            do {
                try body(&work, &change, db)
                try work.checkLengths()
                try work.save(&change, in: db)
            } catch {
                throw CaseInWords.filled(error, with: work.record.caseNumber)
            }
            return CaseChange(
                caseNumber: work.record.caseNumber,
                history: work.history,
                practice: work.practice,
                loggedVisit: work.visits.last?.visit.id,
                version: work.version,
                offers: work.offers
            )
        }
    }

    package borrowing func recordDispatch(_ caseText: String, at: Instant, isDryRun: Bool = false) throws -> CaseChange
    {
        try work("episode dispatched", on: caseText, needing: .writeCases, isDryRun: isDryRun) { work, change, _ in
            try work.dispatched(at: at, now: change.now)
        }
    }

    package borrowing func recordArrival(
        _ caseText: String,
        at: Instant,
        lateReason: String = "",
        isDryRun: Bool = false
    ) throws -> CaseChange {
        try work("episode arrived", on: caseText, needing: .writeCases, isDryRun: isDryRun) { work, change, _ in
            try work.arrived(at: at, lateReason: lateReason, now: change.now)
        }
    }

    package borrowing func logVisit(
        _ caseText: String,
        _ visit: NewVisit,
        by login: String? = nil,
        isDryRun: Bool = false
    ) throws -> CaseChange {
        try work("visit log", on: caseText, needing: .writeCases, isDryRun: isDryRun) { work, change, db in
            var visit = visit
            if let login { visit.clinician = try Self.visitor(login, at: visit.at, work, in: db) }
            try work.log(visit, &change)
        }
    }

    /// Finds out whether a visit could be logged at all, before anybody is asked about it; the audit keeps that it was a
    /// rehearsal.
    package borrowing func rehearseVisit(_ caseText: String, at: Instant, by login: String? = nil) throws -> CaseChange
    {
        try work("visit log", on: caseText, needing: .writeCases, isDryRun: true) { work, change, db in
            if let login { _ = try Self.visitor(login, at: at, work, in: db) }
            try work.history.checkVisit(at: at, now: change.now, under: work.practice)
        }
    }

    private static func visitor(
        _ login: String,
        at: Instant,
        _ work: EpisodeWork,
        in db: borrowing Access<Writing>
    ) throws -> StaffID {
        let directory = try Directory.load(in: db, hasCodes: false)
        return try NamedPerson.id(login, as: .visit(at: at), at: work.record.site, directory, in: db)
    }

    package borrowing func voidVisit(
        _ caseText: String,
        _ visit: RecordID<Visit>,
        reason: String,
        isDryRun: Bool = false
    ) throws -> CaseChange {
        try work("visit void", on: caseText, needing: .writeCases, isDryRun: isDryRun) { work, _, _ in
            try work.void(visit, reason: reason)
        }
    }

    package borrowing func activatePlan(
        _ caseText: String,
        _ content: PlanContent,
        reason: String,
        at: Instant,
        isDryRun: Bool = false
    ) throws -> CaseChange {
        try work("plan activate", on: caseText, needing: .writeCases, isDryRun: isDryRun) { work, change, db in
            let code = try Directory.load(in: db).requireCode(reason, in: .planReason)
            let plan = NewPlan(activatedAt: at, author: change.actor.staff, reason: code, content: content)
            try work.activate(plan, &change)
        }
    }

    /// Lengthens the window. Who acts is the approver; the requester is named, by default the case's clinician.
    package borrowing func extendWindow(
        _ caseText: String,
        to newEnd: CivilDate,
        requestedBy login: String?,
        reason: String,
        isDryRun: Bool = false
    ) throws -> CaseChange {
        try work("episode extend", on: caseText, needing: .writeCases, isDryRun: isDryRun) { work, change, db in
            let requester =
                try login.map { login in
                    let directory = try Directory.load(in: db, hasCodes: false)
                    return try NamedPerson.id(login, as: .asking, at: work.record.site, directory, in: db)
                } ?? work.record.clinician
            let new = NewExtension(
                grantedAt: change.now,
                newEnd: newEnd,
                requestedBy: requester,
                approvedBy: change.actor.staff,
                approverIsSupervisor: change.actor.may(.supervise, at: work.record.site),
                reason: reason
            )
            try work.extend(new, &change)
        }
    }

    /// Discharges a case. To overrule the closing gate takes a supervisor.
    package borrowing func closeEpisode(
        _ caseText: String,
        _ discharge: Discharge,
        reason: String,
        handoverReason: String = "",
        overrideReason: String = "",
        isDryRun: Bool = false
    ) throws -> CaseChange {
        try work("episode close", on: caseText, needing: .writeCases, isDryRun: isDryRun) { work, change, db in
            if !overrideReason.isBlank { try change.actor.require(.supervise, at: work.record.site) }
            var new = NewDischarge(
                discharge: discharge,
                reason: try Directory.load(in: db).requireCode(reason, in: .dischargeReason),
                isUnableToReach: reason == NamedCode.unableToReach
            )
            new.handoverReason = handoverReason
            new.overrideReason = overrideReason
            let gaps = work.history.gaps(for: new.closing, under: work.practice)
            do {
                try work.close(new, now: change.now)
            } catch let refusal as RuleViolation where gaps.contains(where: { $0.rule == refusal.rule }) {
                throw try ClosingGuide(work.record, reason: reason, in: db).explaining(refusal, gaps)
            }
        }
    }
}
