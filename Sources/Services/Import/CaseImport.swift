internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

/// Brings in the rows of one case through the same use cases as a person's entry.
struct CaseImport {
    var result = Result()
    let episode: RowCells
    let others: [RowCells]
    /// `referral_ref` of the referrals taken so far.
    var referralRefs: Set<String> = []

    init(episode: RowCells, others: [RowCells]) {
        self.episode = episode
        self.others = others
    }

    static func run(
        _ rows: [RowCells],
        names: inout ImportNames,
        numbers: inout CaseNumberPool,
        _ change: inout Change,
        in db: borrowing Access<Reading>,
        beside workspace: borrowing Access<Writing>
    ) throws -> Result {
        let episodes = rows.filter { $0.row.file == .episodes }
        let others = rows.filter { $0.row.file != .episodes }
        guard let first = episodes.first else {
            var result = Result()
            for cells in others {
                result.refuse(
                    cells.row,
                    .unknownCase,
                    "no episode has this case_ref. Add its row to episodes.csv, or correct the reference."
                )
            }
            return result
        }
        var run = CaseImport(episode: first, others: others)
        let pending = names.pending
        do {
            try run.apply(&names, &numbers, &change, in: db, beside: workspace)
        } catch {
            guard let refusal = run.result.refusal(of: first.row, error) else { throw error }
            names.restore(pending)
            run.result.work = nil
            run.result.newClient = nil
            run.result.kept = [:]
            run.result.relaxations = []
            run.result.refused = [(first.row, refusal)]
            for cells in others {
                run.result.refuse(
                    cells.row,
                    .episodeRefused,
                    "its episode, episodes.csv line \(first.row.line), was refused. Correct that row first."
                )
            }
        }
        (run.result.unknownSites, run.result.unknownLogins) = names.unknown(in: rows)
        for copy in episodes.dropFirst() {
            run.result.refuse(
                copy.row,
                .duplicateRef,
                "line \(first.row.line) has the same case_ref. Give each episode its own."
            )
        }
        return run.result
    }

    private mutating func apply(
        _ names: inout ImportNames,
        _ numbers: inout CaseNumberPool,
        _ change: inout Change,
        in db: borrowing Access<Reading>,
        beside workspace: borrowing Access<Writing>
    ) throws {
        var work = try open(&names, &numbers, &change, in: db, beside: workspace)
        var timeline = CaseTimeline()
        try addSteps(to: &timeline)
        for cells in others { try add(cells, to: &timeline, work, &names, &change, in: db) }
        for (at, event) in timeline.inOrder {
            switch event {
            case .transfer: try work.transferred(at: at, now: change.now)
            case .dispatch: try work.dispatched(at: at, now: change.now)
            case .arrival: try work.arrived(at: at, lateReason: "", now: change.now)
            case .discharge(let discharge): try close(&work, discharge, now: change.now)
            case .extension(let cells, let new): try take(cells) { try work.extend(new, &change) }
            case .plan(let cells, let new): try take(cells) { try work.activate(new, &change) }
            case .visit(let cells, let new): try log(&work, cells, new, &change)
            case .referral(let cells, let new): try refer(&work, cells, new, &change)
            }
        }
        names.forget(result.refused.map(\.row))
        result.kept[.episodes, default: 0] += 1
        work.settle()
        result.broughtIn = work.broughtIn.json
        result.work = work
    }

    /// Applies a row: keeps it, or refuses it and goes on.
    private mutating func take(_ cells: RowCells, _ body: () throws -> Void) throws {
        do {
            try body()
            result.kept[cells.row.file, default: 0] += 1
        } catch {
            guard let refusal = result.refusal(of: cells.row, error) else { throw error }
            result.refused.append((cells.row, refusal))
        }
    }

    private mutating func log(
        _ work: inout EpisodeWork,
        _ cells: RowCells,
        _ visit: NewVisit,
        _ change: inout Change
    ) throws {
        var visit = visit
        let isRelaxed = work.history.needsOverride(visit.with)
        if isRelaxed { visit.overrideReason = ImportedHistory.reason }
        let kept = result.kept[.visits] ?? 0
        try take(cells) { try work.log(visit, &change) }
        if isRelaxed, result.kept[.visits] ?? 0 > kept { result.relaxations.append(.caregiverContact) }
    }

    private mutating func refer(
        _ work: inout EpisodeWork,
        _ cells: RowCells,
        _ referral: NewReferral,
        _ change: inout Change
    ) throws {
        let kept = result.kept[.referrals] ?? 0
        let isNew = referral.ref.map { !referralRefs.contains($0) } ?? true
        try take(cells) {
            guard isNew else {
                throw RuleViolation(
                    .duplicateRef,
                    "another referral of this case has the same referral_ref",
                    remedy: "Give each referral its own."
                )
            }
            try work.refer(referral, &change)
        }
        guard result.kept[.referrals] ?? 0 > kept else { return }
        if let ref = referral.ref { referralRefs.insert(ref) }
        if referral.steps.first?.state != .identified { result.relaxations.append(.referralStart) }
    }

    private mutating func close(_ work: inout EpisodeWork, _ discharge: NewDischarge, now: Instant) throws {
        try work.close(discharge, now: now)
        if !work.record.closingOverride.isEmpty { result.relaxations.append(.closingGate) }
    }
}
