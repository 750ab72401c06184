package import CrisisCare
internal import SQLite
internal import Storage

/// Which cases are to change hands.
package enum ReassignedCases: Sendable {
    case named([String])
    /// Every open case of this login.
    case allOf(login: String)

    /// The case, if one alone is named.
    fileprivate var only: String? {
        if case .named(let texts) = self, texts.count == 1 { texts[0] } else { nil }
    }
}

/// What became of each case of a reassignment.
package struct Reassignment: Sendable {
    package enum Outcome: Sendable {
        case reassigned
        /// The case was the new clinician's already.
        case unchanged
        case refused(RuleViolation)
    }

    package struct Line: Sendable {
        package let caseNumber: CaseNumber
        package let from: String
        package let outcome: Outcome
    }

    /// In the order of the command line, or of the calls.
    package internal(set) var lines: [Line] = []

    package init() {}

    package var reassigned: Int {
        lines.count { if case .reassigned = $0.outcome { true } else { false } }
    }

    package var unchanged: Int {
        lines.count { if case .unchanged = $0.outcome { true } else { false } }
    }

    package var refusals: [(caseNumber: CaseNumber, refusal: RuleViolation)] {
        lines.compactMap { line in
            if case .refused(let refusal) = line.outcome { (line.caseNumber, refusal) } else { nil }
        }
    }
}

extension Session {
    /// Hands cases to another clinician: all of them or none, unless a partial success is asked for.
    ///
    /// Who has a case may hand it over; to move others' cases takes a supervisor of their site.
    package borrowing func reassignEpisodes(
        _ cases: ReassignedCases,
        to login: String,
        reason: String = "",
        isPartial: Bool = false,
        isDryRun: Bool = false
    ) throws -> Reassignment {
        try change("episode reassign", needing: .writeCases, of: cases.only, isDryRun: isDryRun) { change, db in
            let directory = try Directory.load(in: db)
            let target = try ReassignmentTarget(login, directory, in: db)
            var account = Reassignment()
            for record in try Self.records(cases, directory, in: db) {
                let from = directory.login(record.clinician)
                let outcome: Reassignment.Outcome
                do throws(RuleViolation) {
                    try target.check(record, by: change.actor)
                    outcome = record.clinician == target.staff.id ? .unchanged : .reassigned
                } catch {
                    outcome = .refused(error)
                }
                account.lines.append(.init(caseNumber: record.caseNumber, from: from, outcome: outcome))
                switch outcome {
                case .reassigned:
                    var work = try EpisodeWork.load(record, change, in: db)
                    work.reassign(to: target.staff, from: from, reason: reason)
                    try work.save(&change, in: db)
                case .refused(let refusal):
                    try change.audit(episode: record.id, outcome: Outcome.refused(refusal.rule), in: db)
                case .unchanged:
                    break
                }
            }
            let refusals = account.refusals
            if let first = refusals.first, !isPartial || refusals.count == account.lines.count {
                throw Self.refusal(first.refusal, refusals.map(\.caseNumber), of: account.lines.count)
            }
            // A command that changed nothing leaves its entry too.
            if account.lines.count == account.unchanged { try change.audit(in: db) }
            return account
        }
    }

    /// The cases, each once; one that is not known is a slip that spares nothing else.
    private static func records(
        _ cases: ReassignedCases,
        _ directory: Directory,
        in db: borrowing Access<Writing>
    ) throws -> [EpisodeRecord] {
        switch cases {
        case .allOf(let login):
            return try EpisodeStore.openEpisodes(of: try directory.requireStaff(login).id, in: db)
        case .named(let texts):
            var records: [EpisodeRecord] = []
            for (index, text) in texts.enumerated() {
                let record = try record(text, at: index + 1, of: texts.count, in: db)
                if !records.contains(where: { $0.id == record.id }) { records.append(record) }
            }
            return records
        }
    }

    private static func record(
        _ text: String,
        at place: Int,
        of count: Int,
        in db: borrowing Access<Writing>
    ) throws -> EpisodeRecord {
        do {
            return try CaseFinder.find(text, in: db)
        } catch ServiceError.notFound(let what, let hint) where count > 1 {
            // What was typed may be a name, which no message repeats: its place says which it is.
            throw ServiceError.notFound(what: "\(what), of the \(count) given number \(place)", hint: hint)
        }
    }

    private static func refusal(_ first: RuleViolation, _ refused: [CaseNumber], of count: Int) -> RuleViolation {
        guard count > 1 else { return first }
        let numbers = refused.map(\.description).joined(separator: ", ")
        return RuleViolation(
            first.rule,
            "\(refused.count) of \(count) cases cannot be reassigned, so that none was: \(numbers). "
                + "The first: \(first.message)",
            remedy: "Leave them out, or reassign the others with --partial. " + first.remedy
        )
    }
}

/// Who is to have the cases.
private struct ReassignmentTarget {
    private let person: NamedPerson
    var staff: StaffRecord { person.staff }

    init(_ login: String, _ directory: Directory, in db: borrowing Access<Writing>) throws {
        person = try NamedPerson(login, directory, in: db)
        try person.requireWorking(as: .having)
    }

    func check(_ record: EpisodeRecord, by actor: Actor) throws(RuleViolation) {
        try actor.require(record.clinician == actor.staff ? .writeCases : .supervise, at: record.site)
        try person.require(at: record.site, as: .having)
        guard record.discharge == nil else {
            throw RuleViolation(
                .episodeClosed,
                "the case is closed, so that there is nothing to hand over",
                remedy: "Leave it out; a supervisor can reopen it."
            )
        }
    }
}
