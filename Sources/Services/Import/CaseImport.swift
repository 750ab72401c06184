internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

/// Brings in the rows of one case through the same use cases as a person's entry.
struct CaseImport {
    /// What became of the case's rows.
    struct Result {
        var work: EpisodeWork?
        var newClient: ClientRecord?
        var kept: [CaseloadFile: Int] = [:]
        var refused: [(row: SpooledRow, refusal: RowRefusal)] = []
        var relaxations: [ImportSummary.Relaxation] = []
        var unknownSites: [String] = []
        var unknownLogins: [String] = []
    }

    private var result = Result()
    private let episode: RowCells
    private let others: [RowCells]
    /// `referral_ref` of the referrals taken so far.
    private var referralRefs: Set<String> = []

    init(episode: RowCells, others: [RowCells]) {
        self.episode = episode
        self.others = others
    }

    static func run(
        _ rows: [RowCells],
        names: inout ImportNames,
        numbers: inout CaseNumberPool,
        _ change: inout Change,
        in db: borrowing Access<Writing>
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
            try run.apply(&names, &numbers, &change, in: db)
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
        in db: borrowing Access<Writing>
    ) throws {
        var work = try open(&names, &numbers, &change, in: db)
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
        result.work = work
    }

    private mutating func open(
        _ names: inout ImportNames,
        _ numbers: inout CaseNumberPool,
        _ change: inout Change,
        in db: borrowing Access<Writing>
    ) throws -> EpisodeWork {
        try episode.checkLengths()
        let site = try names.site(episode, &change)
        try change.actor.require(.importCases, at: site)
        let call = try episode.instant("call_received_at")
        guard let program = names.directory.policies.program(named: episode.text("program")) else {
            throw episode.notListed("program", among: names.directory.policies.programs.map(\.name))
        }
        let caseRef = try episode.requiredText("case_ref")
        var new = NewEpisode(
            client: try client(&change, in: db),
            program: program,
            site: site,
            clinician: try names.staff(episode, "clinician", as: .clinician, at: site, &change),
            mode: try episode.code("response_mode"),
            referralSource: try episode.code("referral_source", in: .referralSource),
            presentingProblem: try episode.code("presenting_problem", in: .presentingProblem),
            callReceivedAt: call
        )
        new.sourceRef = caseRef
        new.location = try episode.optionalCode("location", in: .location)
        new.town = try episode.optionalCode("town", in: .town)
        new.language = episode.text("language")
        new.caregiverName = episode.text("caregiver_name")
        new.caregiverPhone = episode.text("caregiver_phone")
        new.minorConsented = try episode.optionalBool("minor_consented") ?? false
        new.part2 = try episode.optionalBool("part2") ?? false
        let number = try numbers.number(for: caseRef, calledAt: call, in: change.zone, db)
        return try EpisodeWork.open(new, as: number, &change)
    }

    /// The client of the row's `client_ref`, who is the same person in every row of it.
    private mutating func client(_ change: inout Change, in db: borrowing Access<Writing>) throws -> ClientID {
        let named = try episode.client(ClientID(change.keys.next()))
        guard let recorded = try ClientStore.find(recordedAs: named.clientRef, in: db) else {
            result.newClient = named
            return named.id
        }
        // A merged client's rows go to the one who was kept, whichever of the two the row describes.
        let standing = try ClientMergeStore.standing(for: recorded.id, in: db)
        let kept = standing == recorded.id ? recorded : try ClientStore.find(standing, in: db) ?? recorded
        guard recorded.isDescribed(by: named) || kept.isDescribed(by: named) else {
            throw RuleViolation(
                .clientConflict,
                "another row or record of this client_ref has another name, birth date or sex",
                remedy: "Correct one of them, or give this client a client_ref of its own."
            )
        }
        return kept.id
    }

    private func addSteps(to timeline: inout CaseTimeline) throws {
        if let at = try episode.optionalInstant("transferred_at") { timeline.add(.transfer, at: at) }
        if let at = try episode.optionalInstant("dispatched_at") { timeline.add(.dispatch, at: at) }
        if let at = try episode.optionalInstant("arrived_at") { timeline.add(.arrival, at: at) }
        if let discharge = try episode.discharge() { timeline.add(.discharge(discharge), at: discharge.discharge.at) }
    }

    /// Reads a row of another file into the timeline, or refuses it.
    private mutating func add(
        _ cells: RowCells,
        to timeline: inout CaseTimeline,
        _ work: EpisodeWork,
        _ names: inout ImportNames,
        _ change: inout Change,
        in db: borrowing Access<Writing>
    ) throws {
        let pending = names.pending
        let site = work.record.site
        let line = cells.row.line
        do {
            try cells.checkLengths()
            switch cells.row.file {
            case .episodes:
                break
            case .extensions:
                let new = try windowExtension(cells, work, &names, &change, in: db)
                timeline.add(.extension(cells, new), at: new.grantedAt, line: line)
            case .plans:
                let new = NewPlan(
                    activatedAt: try cells.instant("activated_at"),
                    author: try names.staff(cells, "author", as: .clinician, at: site, &change),
                    reason: try cells.code("reason", in: .planReason),
                    content: try cells.planContent()
                )
                timeline.add(.plan(cells, new), at: new.activatedAt, line: line)
            case .visits:
                var new = try cells.visit()
                new.clinician = try names.staff(cells, "clinician", as: .clinician, at: site, &change)
                timeline.add(.visit(cells, new), at: new.at, line: line)
            case .referrals:
                let new = try cells.referral(call: work.record.callReceivedAt)
                timeline.add(.referral(cells, new), at: new.steps[0].at, line: line)
            }
        } catch {
            guard let refusal = result.refusal(of: cells.row, error) else { throw error }
            names.restore(pending)
            result.refused.append((cells.row, refusal))
        }
    }

    private func windowExtension(
        _ cells: RowCells,
        _ work: EpisodeWork,
        _ names: inout ImportNames,
        _ change: inout Change,
        in db: borrowing Access<Writing>
    ) throws -> NewExtension {
        let site = work.record.site
        guard let newEnd = try cells.optionalDate("new_end") else {
            throw BadCell(column: "new_end", problem: "is empty")
        }
        let approver =
            try cells.optionalText("approved_by") == nil
            ? nil : names.staff(cells, "approved_by", as: .supervisor, at: site, &change)
        return NewExtension(
            grantedAt: try cells.instant("granted_at"),
            newEnd: newEnd,
            // A caseload's files do not say who asked: it was the episode's clinician.
            requestedBy: work.record.clinician,
            approvedBy: approver,
            approverIsSupervisor: try approver.map { try names.isSupervisor($0, at: site, in: db) } ?? false,
            reason: cells.text("reason")
        )
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

extension CaseImport.Result {
    mutating func refuse(_ row: SpooledRow, _ rule: Rule, _ reason: String) {
        refused.append((row, RowRefusal(file: row.file, line: row.line, rule: rule, reason: reason)))
    }

    /// The refusal that an error means for a row; `nil` for an error that ends the import.
    func refusal(of row: SpooledRow, _ error: any Error) -> RowRefusal? {
        switch error {
        case let violation as RuleViolation where violation.rule != .notPermitted:
            let reason = "\(violation.message). \(violation.remedy)"
            return RowRefusal(file: row.file, line: row.line, rule: violation.rule, reason: reason)
        case let bad as BadCell:
            return RowRefusal(file: row.file, line: row.line, rule: .badValue, reason: "\(bad.column) \(bad.problem)")
        case ServiceError.badValue(let problem):
            return RowRefusal(file: row.file, line: row.line, rule: .badValue, reason: problem)
        default:
            return nil
        }
    }
}

extension ClientRecord {
    /// Whether a row says the same of the person; under which reference and key is another matter.
    fileprivate func isDescribed(by row: ClientRecord) -> Bool {
        firstName == row.firstName && lastName == row.lastName && birthDate == row.birthDate && sex == row.sex
    }
}
