import CivilTime
import CrisisCare
import Reports
import SQLite
import Services
import Storage
import Testing

/// One random sequence of use cases by several people, each step beside a notebook.
struct ModelRun {
    /// What the notebook says of a step before it is tried.
    enum Verdict {
        case accepted
        case refused
        /// The notebook has no opinion; if the program accepts, it is written down.
        case open
    }

    private let desk: CrisisDesk
    private let seed: UInt64
    var random: SeededGenerator
    private(set) var now: Instant
    var cases: [NotebookCase] = []
    private(set) var accepted = 0
    private(set) var refused = 0
    private var step = 0
    private var name = ""

    /// Who may do what at Hartford, where every case of the run is.
    static let writers: Set = ["casey", "kim", "sam", "sue", "admin"]
    static let supervisors: Set = ["sam", "sue", "admin"]
    static let people = ["casey", "casey", "kim", "kim", "sam", "sam", "sue", "dana", "ana", "boss", "admin"]

    init(seed: UInt64) throws {
        self.seed = seed
        random = SeededGenerator(seed: seed)
        // A week before the clocks go forward.
        desk = try CrisisDesk(now: "2026-03-01T09:00")
        now = desk.agency.now
    }

    var zone: Zone { desk.agency.zone }
    var today: CivilDate { zone.date(of: now) }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    /// An instant up to so many hours ago.
    mutating func past(hours: Int64) -> Instant {
        now.adding(seconds: -Int64.random(in: 0...(hours * 3600), using: &random))
    }

    func request(_ call: Instant, mode: ResponseMode, isMinorConsented: Bool) throws -> OpeningRequest {
        var request = try desk.request("Case\(cases.count)", mode: mode)
        request.callReceivedAt = call
        request.minorConsented = isMinorConsented
        return request
    }

    func plan(isComplete: Bool) -> PlanContent {
        var plan = desk.plan(review: today.adding(days: 7).description)
        if !isComplete { plan.entries[.coping] = [] }
        return plan
    }

    /// Time passes, somebody does something, and everything is checked.
    mutating func take() throws {
        step += 1
        now = now.adding(seconds: Int64.random(in: 60...(3 * 86_400), using: &random))
        try act()
        try checkRecord()
    }

    /// Tries a step as a person and compares what came of it with the notebook.
    /// - Returns: what the use case returned if it was done and kept.
    mutating func attempt<Result>(
        _ name: String,
        as login: String,
        _ verdict: Verdict,
        isDryRun: Bool = false,
        _ body: (borrowing Session) throws -> Result
    ) throws -> Result? {
        self.name = "\(name) as \(login)"
        let before = try desk.agency.linkedEntries()
        var result: Result?
        do {
            let session = try Session.open(
                desk.agency.path,
                as: Identity(osUser: "tester", namedLogin: login),
                now: now,
                for: CommandContext(action: "model step")
            )
            result = try body(session)
            accepted += 1
            if case .refused = verdict { fail("was done") }
        } catch {
            #expect(error is RuleViolation || error is ServiceError, "\(place): \(error)")
            refused += 1
            if case .accepted = verdict { fail("was refused: \((error as? RuleViolation)?.rule.rawValue ?? "")") }
        }
        try checkAudit(after: before.count, isDone: result != nil, isDryRun: isDryRun)
        return isDryRun ? nil : result
    }

    private var place: String { "seed \(seed), step \(step), \(name)" }

    private func fail(_ what: String) { Issue.record("\(place) \(what)") }

    /// One entry of the command, and those of what it did linked to it.
    private func checkAudit(after count: Int, isDone: Bool, isDryRun: Bool) throws {
        let added = try desk.agency.linkedEntries().dropFirst(count)
        guard let command = added.first else { return fail("left no entry") }
        #expect(command.entry.command == nil && command.entry.outcome == "begun", "\(place)")
        let linked = added.dropFirst()
        #expect(!linked.isEmpty && linked.allSatisfy { $0.entry.command == command.sequence }, "\(place)")
        // A holiday has one entry for each case whose deadlines it moves besides; a phone episode is opened and closed.
        let most = name.hasPrefix("holiday") ? Int.max : isDone && name.hasPrefix("phone") ? 2 : 1
        #expect(linked.count <= most, "\(place)")
        let outcome = linked.first?.entry.outcome ?? ""
        let isExpected = isDone ? outcome == (isDryRun ? "dry run" : "done") : outcome != "done" && outcome != "dry run"
        #expect(isExpected, "\(place): \(outcome)")
    }

    /// What holds after every step, whatever was done.
    private func checkRecord() throws {
        // Deadlines as the rules give them, the chain of the audit, one active plan, the file itself.
        let errors = try Inspection.runReadOnly(desk.agency.path, now: now).filter { $0.severity == .error }
        #expect(errors.map(\.finding) == [], "\(place)")
        for known in cases where !known.isVoided {
            let record = try desk.record(known.number)
            let history = try desk.agency.read { db in try HistoryStore.history(of: record, in: db) }
            #expect(history.visits.map(\.id.value).sorted() == known.visits.map(\.id.value).sorted(), "\(place)")
            #expect(history.plans.map(\.version) == Array(1..<(known.plans + 1)), "\(place)")
            #expect(try activePlans(of: record.id) == min(1, known.plans), "\(place)")
            #expect(record.standing.windowEndsOn == known.lastDay(at: now, zone), "\(place)")
            #expect(record.standing.lastContactAt == known.contacts.map(\.at).max(), "\(place)")
            #expect(record.standing.attempts == known.attemptsSinceContact, "\(place)")
            #expect(record.discharge?.at == known.dischargedAt, "\(place)")
            #expect(known.visits.allSatisfy { known.isInWindow($0.at, zone) }, "\(place)")
            #expect(history.referrals.count == known.referrals.count, "\(place)")
        }
    }

    private func activePlans(of episode: EpisodeID) throws -> Int {
        try desk.agency.read { db in
            try db.first(
                "SELECT count(*) FROM safety_plan WHERE episode = \(episode) AND superseded_at IS NULL"
            ) { try $0.int(0) } ?? 0
        }
    }

    /// What every list and figure counts: the cases that are not voided, and of them what is not voided.
    func checkFigures() throws {
        let session = try desk.agency.open(as: "sue", at: now)
        let columns = EpisodeSummary.columns.map(\.key)
        var rows: [String: [Cell]] = [:]
        try session.exportSummary(in: Period(), asOf: nil) { row in
            guard case .code(let number) = row[0] else { return }
            rows[number] = row
        }
        let counted = cases.filter { !$0.isVoided }
        #expect(rows.keys.sorted() == counted.map(\.number).sorted(), "seed \(seed)")
        for known in counted {
            guard let row = rows[known.number], let contacts = columns.firstIndex(of: "contacts"),
                let attempts = columns.firstIndex(of: "attempts")
            else { continue }
            #expect(row[contacts] == .int(known.contacts.count), "seed \(seed)")
            #expect(row[attempts] == .int(known.attempts), "seed \(seed)")
        }
        #expect(try session.totals().episodes == counted.count, "seed \(seed)")
        let owing = try session.worklist("overdue", WorklistQuery()).0.rows.map(\.caseNumber.description)
        #expect(Set(owing).isSubset(of: Set(cases.filter(\.isOpen).map(\.number))), "seed \(seed)")
        let late = counted.filter { known in
            known.isOpen && (known.lastDay(at: now, zone).map { $0 < today } ?? false)
        }
        #expect(Set(late.map(\.number)).isSubset(of: Set(owing)), "a window that ended is overdue; seed \(seed)")
    }
}

extension TestAgency {
    /// Every entry of the audit with its number.
    fileprivate func linkedEntries() throws -> [StoredAuditEntry] {
        try read { db in
            var entries: [StoredAuditEntry] = []
            try AuditStore.forEach(in: db) { entries.append($0) }
            return entries
        }
    }
}
