import CivilTime
import CrisisCare
import SQLite
import Services
import Storage
import Testing

/// One random sequence of use cases by several people, each step beside a notebook.
struct ModelRun {
    let desk: CrisisDesk
    let record: RecordReader
    let seed: UInt64
    var random: SeededGenerator
    private(set) var now: Instant
    var book: Notebook
    private(set) var counts: [String: ModelTally.Count] = [:]
    private var chain = AuditChain.empty
    private(set) var step = 0
    /// The cases that the step's entries in the audit name.
    private(set) var touched: Set<EpisodeID> = []
    private var name = ""

    init(seed: UInt64) throws {
        self.seed = seed
        random = SeededGenerator(seed: seed)
        // A week before the clocks go forward.
        desk = try CrisisDesk(now: "2026-03-01T09:00")
        now = desk.agency.now
        record = try RecordReader(desk.agency)
        book = Notebook(zone: desk.agency.zone)
        for entry in try record.entries(atMost: nil) { chain.advance(over: entry.entry) }
    }

    var zone: Zone { desk.agency.zone }
    var today: CivilDate { zone.date(of: now) }
    /// Where a failure happened, and how to see it again: `FOLLOWUP_MODEL_SEED`.
    var place: String { "seed \(seed), step \(step), \(name)" }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    /// An instant up to so many hours ago.
    mutating func past(hours: Int64) -> Instant {
        now.adding(seconds: -Int64.random(in: 0...(hours * 3600), using: &random))
    }

    mutating func one<Element>(of choices: [Element]) -> Element { random.one(of: choices) }

    /// Time passes, somebody does something, and everything is checked.
    mutating func take() throws {
        step += 1
        touched = []
        let isLong = chance(30)
        now = now.adding(seconds: Int64.random(in: 60...(isLong ? 4 * 86_400 : 20_000), using: &random))
        try act()
        try checkRecord()
    }

    /// Tries a step as a person and compares what came of it with the notebook.
    ///
    /// - Parameters:
    ///   - reasons: why it cannot be done, as the notebook has it; a refusal has to be for one of them.
    ///   - entries: how many entries the use cases leave beside the command's own when they are done.
    ///   - isUndecided: the practice does not say, so that the program may do either.
    /// - Returns: what the use case returned if it was done and kept.
    mutating func attempt<Result>(
        _ name: String,
        as login: String,
        unless reasons: Reasons = [],
        entries: Int = 1,
        isDryRun: Bool = false,
        isUndecided: Bool = false,
        _ body: (borrowing Session) throws -> Result
    ) throws -> Result? {
        self.name = "\(name) as \(login)"
        let isOut = book.people[login]?.isRetired ?? true
        let reasons: Reasons = isOut ? ["not-permitted"] : reasons
        var result: Result?
        var refusal: String?
        do {
            let session = try Session.open(
                desk.agency.path,
                as: Identity(osUser: "tester", namedLogin: login),
                now: now,
                for: CommandContext(action: "model step")
            )
            result = try body(session)
            counts[name, default: ModelTally.Count()].done += 1
            if !reasons.isEmpty, !isUndecided { fail("was done, and should not: \(reasons.sorted())") }
        } catch {
            counts[name, default: ModelTally.Count()].refused += 1
            if let violation = error as? RuleViolation {
                refusal = violation.rule.rawValue
            } else if error is ServiceError || error is ImportRefused {
                refusal = "failed"
            } else {
                fail("ended with \(error)")
            }
            if let refusal, !reasons.contains(refusal), !isUndecided {
                fail("was refused for \(refusal); the notebook has \(reasons.sorted())")
            }
        }
        let outcome = refusal.map { $0 == "failed" ? $0 : "refused: \($0)" } ?? (isDryRun ? "dry run" : "done")
        try checkAudit(of: login, outcome, entries: result == nil || isDryRun ? 1 : entries)
        return isDryRun ? nil : result
    }

    /// Follows the chain over the entries of reads that are no steps.
    mutating func passOverEntries() throws {
        for entry in try record.entries(after: chain.sequence, atMost: nil) { follow(entry) }
    }

    private mutating func follow(_ entry: StoredAuditEntry) {
        chain.advance(over: entry.entry)
        if chain.sequence != entry.sequence || chain.hash != entry.hash { fail("broke the chain of the audit") }
    }

    func fail(_ what: String) {
        record.hasFailed = true
        Issue.record("\(place) \(what)")
    }

    /// Once the program and the notebook disagree, what follows says nothing.
    var hasFailed: Bool { record.hasFailed }

    /// One entry of the command, as many as its use cases need, linked to it, and the chain as it should be.
    private mutating func checkAudit(of login: String, _ outcome: String, entries: Int) throws {
        let added = try record.entries(after: chain.sequence)
        for entry in added {
            follow(entry)
            if let episode = entry.entry.episode { touched.insert(episode) }
            if entry.entry.login != login || entry.entry.osUser != "tester" { fail("is audited as somebody else") }
        }
        guard let command = added.first else { return fail("left no entry") }
        if command.entry.command != nil || command.entry.outcome != "begun" { fail("left no entry of the command") }
        let linked = added.dropFirst()
        if linked.contains(where: { $0.entry.command != command.sequence }) { fail("left an entry without a link") }
        if linked.count != entries { fail("left \(linked.count) entries and not \(entries)") }
        // Of several cases some may be refused, and the others done or left as they were.
        let isOfSeveral = name.hasPrefix("reassign") && outcome == "done"
        for entry in linked where entry.entry.outcome != outcome && !isOfSeveral {
            fail("is audited as \(entry.entry.outcome) and not as \(outcome)")
        }
    }
}

/// Reads the agency's file beside the sessions, by a connection that stays open.
final class RecordReader {
    private let connection: Connection
    var hasFailed = false

    init(_ agency: TestAgency) throws {
        connection = try Database.open(
            agency.path,
            .readOnly,
            now: agency.now.seconds,
            programVersion: ProgramVersion.current
        )
    }

    func read<Result>(_ body: (borrowing Access<Reading>) throws -> Result) throws -> Result {
        try connection.read(body)
    }

    /// The entries of the audit behind one, in their order.
    ///
    /// - Parameter most: so many from the end, more than any step leaves; `nil` is all.
    func entries(after sequence: Int64 = 0, atMost most: Int? = 60) throws -> [StoredAuditEntry] {
        try read { db in
            var filter = AuditFilter()
            filter.limit = most
            var entries: [StoredAuditEntry] = []
            try AuditStore.forEach(filter, in: db) { row in
                if row.stored.sequence > sequence { entries.append(row.stored) }
            }
            return entries.reversed()
        }
    }

    func episode(_ number: String) throws -> EpisodeRecord? {
        guard let number = CaseNumber(number) else { return nil }
        return try read { db in try EpisodeStore.find(number, in: db) }
    }
}
