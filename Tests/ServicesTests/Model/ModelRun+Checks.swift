import CivilTime
import CrisisCare
import Reports
import SQLite
import Services
import Storage
import Testing

// What holds after every step, whatever was done, and what every list and figure says now and then.
extension ModelRun {
    func checkRecord() throws {
        try record.read { db in
            let policies = try PolicyStore.book(in: db)
            let holidays = try HolidayStore.days(in: db)
            for (index, known) in book.cases.enumerated() {
                guard let number = CaseNumber(known.number), let record = try EpisodeStore.find(number, in: db) else {
                    fail("lost a case")
                    continue
                }
                // What the step named, and the others in their turn.
                guard touched.contains(record.id) || (index + step).isMultiple(of: 5) else { continue }
                guard !known.isVoided else {
                    if record.voidedAt == nil { fail("took a voided case back") }
                    // It counts nowhere, and is still somebody's: a merge takes it along, and brings it back.
                    if try record.client.value != clientKey(known.client, in: db) {
                        fail("left a voided case with another client")
                    }
                    continue
                }
                guard let policy = policies.policy(of: record.program, on: zone.date(of: record.callReceivedAt)) else {
                    fail("left a case without a policy")
                    continue
                }
                let practice = Practice(policy: policy, zone: zone, holidays: holidays)
                let history = try HistoryStore.history(of: record, in: db)
                try check(known, record, history, in: db)
                let stored = Set(try DeadlineStore.deadlines(of: record.id, in: db))
                if stored != Set(history.deadlines(under: practice).filter { $0.outcome == .open }) {
                    fail("stored other deadlines than what is open of those that the rules give")
                }
            }
            let open = try OpenDeadlineStore.rows(dueBefore: .distantFuture, DeadlineFilter(), limit: nil, in: db)
            let owed = book.owed(in: book.cases, asOf: now)
            let listed = open.map { Clock($0) }.sorted()
            if listed != owed {
                let (more, less) = (Set(listed).subtracting(owed), Set(owed).subtracting(listed))
                fail("owes \(more.sorted()) too much and \(less.sorted()) too little")
            }
            if policies.programs.flatMap(\.policies).count != book.policies.values.flatMap(\.self).count {
                fail("has other policies")
            }
        }
    }

    /// One case against what the notebook has of it.
    private func check(
        _ known: NotebookCase,
        _ record: EpisodeRecord,
        _ history: EpisodeHistory,
        in db: borrowing Access<Reading>
    ) throws {
        func same(_ isSame: Bool, _ what: String) {
            if !isSame { fail("left \(what) of \(known.number) other than the notebook has it") }
        }
        let policy = book.policy(of: known)
        same(record.voidedAt == nil, "the voiding")
        same(record.version == known.version, "the version \(record.version), \(known.version),")
        same(record.mode == known.mode, "the mode")
        same(record.callReceivedAt == known.call, "the call")
        same(record.dispatchedAt == known.dispatchedAt, "the dispatch")
        same(record.arrivedAt == known.arrivedAt, "the arrival")
        same(record.minorConsented == known.isMinorConsented, "the consent")
        same(record.discharge?.at == known.leaving?.at, "the discharge")
        same(try record.client.value == clientKey(known.client, in: db), "the client")
        same(try StaffStore.named(known.clinician, in: db)?.id == record.clinician, "the clinician")
        same(history.visits.map(\.id.value).sorted() == known.visits.map(\.id.value).sorted(), "the visits")
        same(history.plans.map(\.version) == Array(0..<known.plans.count).map { $0 + 1 }, "the plans")
        same(history.reviews.count == known.reviews.count, "the reviews")
        same(history.planDeclinedAt == known.declinedAt, "the decline")
        same(history.extensions.count == known.extensions.count, "the extensions")
        same(history.referrals.map(\.state) == known.referrals.map(\.state), "the referrals")
        same(try activePlans(of: record.id, in: db) == min(1, known.plans.count), "the one active plan")
        let draft = try PlanDraftStore.find(record.id, in: db)
        same(draft?.version == known.draft?.version, "the draft")
        // What the lists show of it.
        let window = known.window(at: now, policy, zone)
        same(record.standing.windowEndsOn == window?.upperBound, "the window")
        same(record.standing.lastContactAt == known.contacts.last?.at, "the last contact")
        same(record.standing.attempts == known.attemptsSinceContact, "the attempts")
        for visit in history.visits {
            guard let window = known.window(at: visit.at, policy, zone) else { continue }
            same(zone.date(of: visit.at) <= window.upperBound, "a visit within the window")
        }
        if let window, let days = policy.windowDays {
            let granted = known.extensions.isEmpty ? 0 : policy.extensionDays
            same(window.upperBound <= window.lowerBound.adding(days: days + granted), "the end of the window")
        }
    }

    private func clientKey(_ client: Int, in db: borrowing Access<Reading>) throws -> Int64? {
        try ClientStore.find(recordedAs: book.clients[client].ref, in: db)?.id.value
    }

    private func activePlans(of episode: EpisodeID, in db: borrowing Access<Reading>) throws -> Int {
        try db.first(
            "SELECT count(*) FROM safety_plan WHERE episode = \(episode) AND superseded_at IS NULL"
        ) { try $0.int(0) } ?? 0
    }

    /// What every list and figure says, to everybody: the cases of their sites, what is not voided, as the notebook has it.
    mutating func checkFigures() throws {
        let errors = try Inspection.runReadOnly(desk.agency.path, now: now).filter { $0.severity == .error }
        if !errors.isEmpty { fail("check finds \(errors.map(\.finding))") }
        let asOf = past(hours: 30 * 24)
        for login in ["casey", "dana", "sam", "sue"] {
            let visible = book.visible(to: login)
            let session = try desk.agency.open(as: login, at: now)
            try check(session, visible, asOf: asOf, login)
        }
        try passOverEntries()
    }

    private func check(
        _ session: borrowing Session,
        _ visible: [NotebookCase],
        asOf: Instant,
        _ login: String
    ) throws {
        func expect(_ isSame: Bool, _ what: String) {
            if !isSame { fail("then \(login) sees another \(what) than the notebook has") }
        }
        var query = WorklistQuery()
        let overdue = try session.worklist("overdue", query).0.rows.map { Clock($0) }
        let late = book.owed(in: visible, asOf: now).filter { $0.due < now }
        expect(overdue.sorted() == late, "overdue list")
        query.asOf = asOf
        let past = try session.worklist("overdue", query).0.rows.map { Clock($0) }
        expect(past.sorted() == book.owed(in: visible, asOf: asOf).filter { $0.due < asOf }, "overdue list as of a day")
        func numbers(_ listing: Listing) -> [String] {
            listing.rows.compactMap { if case .code(let number) = $0[0] { number } else { nil } }.sorted()
        }
        var episodes = EpisodeQuery()
        expect(numbers(try session.episodeList(episodes)) == visible.filter(\.isOpen).map(\.number).sorted(), "list")
        episodes.openOnly = false
        expect(numbers(try session.episodeList(episodes)) == visible.map(\.number).sorted(), "list of all")
        var summary: [String: [Cell]] = [:]
        try session.exportSummary(in: Period(), asOf: nil) { row in
            if case .code(let number) = row[0] { summary[number] = row }
        }
        expect(summary.keys.sorted() == visible.map(\.number).sorted(), "summary")
        let columns = EpisodeSummary.columns.map(\.key)
        for known in visible {
            guard let row = summary[known.number], let contacts = columns.firstIndex(of: "contacts"),
                let attempts = columns.firstIndex(of: "attempts"), let late = columns.firstIndex(of: "overdue")
            else { continue }
            expect(row[contacts] == .int(known.contacts.count), "number of contacts")
            expect(row[attempts] == .int(known.attempts), "number of attempts")
            expect(row[late] == .int(overdue.count { $0.number == known.number }), "number overdue")
        }
        let totals = try session.totals()
        expect(totals.episodes == visible.count, "total of episodes")
        expect(totals.open == visible.count(where: \.isOpen), "total of open cases")
        expect(totals.visits == visible.map(\.visits.count).reduce(0, +), "total of visits")
        expect(totals.contacts == visible.map(\.contacts.count).reduce(0, +), "total of contacts")
        expect(totals.plans == visible.map(\.plans.count).reduce(0, +), "total of plans")
        expect(totals.referrals == visible.map(\.referrals.count).reduce(0, +), "total of referrals")
        expect(totals.extensions == visible.map(\.extensions.count).reduce(0, +), "total of extensions")
        expect(totals.children == Set(visible.map(\.client)).count, "total of clients")
        for hidden in book.cases where !book.may(login, .read, at: hidden.site) {
            let isShown = (try? session.showCase(hidden.number, asOf: nil)) != nil
            expect(!isShown, "case of another site")
        }
    }
}

extension Clock {
    fileprivate init(_ row: OpenDeadline) {
        self.init(number: row.caseNumber.description, kind: row.deadline.kind.rawValue, due: row.deadline.dueAt)
    }
}
