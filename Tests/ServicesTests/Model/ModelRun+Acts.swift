import CivilTime
import CrisisCare
import Reports
import Services
import Storage

// What may happen in a step. Each act asks the notebook first, and writes down what was done.
extension ModelRun {
    mutating func act() throws {
        let login = random.one(of: Self.people)
        guard cases.count >= 2, !chance(cases.count > 5 ? 3 : 15) else { return try open(as: login) }
        let index = Int.random(in: cases.indices, using: &random)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<14: try arrive(index, as: login)
        case 14..<40: try visit(index, as: login)
        case 40..<47: try voidVisit(index, as: login)
        case 47..<57: try activatePlan(index, as: login)
        case 57..<64: try extend(index, as: login)
        case 64..<71: try close(index, as: login)
        case 71..<75: try reopen(index, as: login)
        case 75..<77: try void(index, as: login)
        case 77..<82: try refer(index, as: login)
        case 82..<88: try advance(index, as: login)
        case 88..<91: try reassign(index, as: login)
        case 91..<93: try addHoliday(as: login)
        default: try read(index, as: login)
        }
    }

    private func verdict(_ isAccepted: Bool) -> Verdict { isAccepted ? .accepted : .refused }

    private mutating func open(as login: String) throws {
        let isFuture = chance(8)
        let call = isFuture ? now.adding(seconds: 60) : past(hours: 30)
        let mode = random.one(of: [ResponseMode.mobile, .mobile, .deferredMobile, .phone])
        let isMinorConsented = chance(15)
        let isDryRun = chance(10)
        let request = try request(call, mode: mode, isMinorConsented: isMinorConsented)
        let verdict = verdict(Self.writers.contains(login) && !isFuture)
        let isOver = mode == .phone && chance(40)
        let number = try attempt(isOver ? "phone" : "open", as: login, verdict, isDryRun: isDryRun) { session in
            let change =
                try isOver
                ? session.recordPhoneEpisode(request, reason: "family moved", isDryRun: isDryRun)
                : session.openEpisode(request, isDryRun: isDryRun)
            return change.caseNumber.description
        }
        guard let number else { return }
        var new = NotebookCase(
            number: number,
            call: call,
            isMobile: mode != .phone,
            isMinorConsented: isMinorConsented,
            clinician: login
        )
        if isOver { new.dischargedAt = now }
        cases.append(new)
    }

    private mutating func arrive(_ index: Int, as login: String) throws {
        let known = cases[index]
        let at = known.call.adding(seconds: Int64.random(in: -300...10_000, using: &random))
        var verdict = Verdict.open
        if !Self.writers.contains(login) || at > now || at < known.call || !known.isMobile || known.isVoided {
            verdict = .refused
        } else if known.arrivedAt == nil, known.isOpen, known.visits.isEmpty, known.plans == 0 {
            verdict = .accepted
        }
        // A second arrival is a correction, and has a command of its own.
        guard known.arrivedAt == nil else { return try read(index, as: login) }
        // What was recorded while no window ran may not fall out of the one that begins now.
        let done = try attempt("arrive", as: login, verdict) { try $0.recordArrival(known.number, at: at) }
        if done != nil { cases[index].arrivedAt = at }
    }

    private mutating func visit(_ index: Int, as login: String) throws {
        let known = cases[index]
        let at = chance(5) ? now.adding(seconds: 1) : past(hours: 20 * 24)
        let result = random.one(of: [ContactResult.completed, .completed, .noAnswer, .noShow, .unableToLocate])
        let with = random.one(of: ContactWith.allCases)
        let isWithCaregiver = with == .caregiver || with == .both
        let isDryRun = chance(10)
        let isRight =
            Self.writers.contains(login) && known.admits(at, now: now) && known.isInWindow(at, zone)
            && !(known.isMinorConsented && isWithCaregiver)
        let visit = NewVisit(at: at, mode: .phone, result: result, with: with)
        let id = try attempt("visit", as: login, verdict(isRight), isDryRun: isDryRun) { session in
            try session.logVisit(known.number, visit, isDryRun: isDryRun).loggedVisit
        }
        guard let id, let id else { return }
        cases[index].visits.append(
            NotebookCase.Seen(
                id: id,
                at: at,
                isCompleted: result == .completed,
                isWithFamily: isWithCaregiver || with == .youth
            )
        )
    }

    private mutating func voidVisit(_ index: Int, as login: String) throws {
        let known = cases[index]
        let isTwice = chance(25)
        guard let id = isTwice ? known.voidedVisits.last : known.visits.map(\.id).randomElement(using: &random) else {
            return try visit(index, as: login)
        }
        let mayDo = Self.writers.contains(login) && !known.isVoided
        let verdict: Verdict = !mayDo || isTwice ? .refused : .accepted
        let done = try attempt("void visit", as: login, verdict) { session in
            try session.voidVisit(known.number, id, reason: "typing")
        }
        guard done != nil else { return }
        cases[index].visits.removeAll { $0.id == id }
        cases[index].voidedVisits.append(id)
    }

    private mutating func activatePlan(_ index: Int, as login: String) throws {
        let known = cases[index]
        let isComplete = chance(80)
        var verdict = Verdict.refused
        if Self.writers.contains(login), isComplete, known.admits(now, now: now) {
            let isReviewInWindow = known.lastDay(at: now, zone).map { today.adding(days: 7) <= $0 } ?? true
            verdict = isReviewInWindow ? .accepted : .refused
        }
        let (plan, now) = (plan(isComplete: isComplete), now)
        let done = try attempt("activate plan", as: login, verdict) { session in
            try session.activatePlan(known.number, plan, reason: "first plan", at: now)
        }
        if done != nil { cases[index].plans += 1 }
    }

    private mutating func extend(_ index: Int, as login: String) throws {
        let known = cases[index]
        let last = known.lastDay(at: now, zone) ?? today
        let newEnd = last.adding(days: Int.random(in: 0...16, using: &random))
        let limit = known.response.map { zone.date(of: $0).adding(days: 42 + 14) } ?? today
        let isRight =
            Self.supervisors.contains(login) && login != known.clinician && known.isOpen && known.response != nil
            && newEnd > last && newEnd <= limit
        let done = try attempt("extend", as: login, verdict(isRight)) { session in
            try session.extendWindow(known.number, to: newEnd, requestedBy: nil, reason: "school break")
        }
        if done != nil { cases[index].extensions.append((now, newEnd)) }
    }

    private mutating func close(_ index: Int, as login: String) throws {
        let known = cases[index]
        let isOverruled = chance(30)
        let isHandedOver = chance(50)
        let hasGap =
            known.isMobile && known.plans == 0 || !isHandedOver && known.referrals.values.contains { $0.isOpen }
        let isRight =
            Self.writers.contains(login) && known.isOpen && (!isOverruled || Self.supervisors.contains(login))
            && (!hasGap || isOverruled)
        let (now, today) = (now, today)
        let done = try attempt("close", as: login, verdict(isRight)) { session in
            try session.closeEpisode(
                known.number,
                Discharge(at: now, on: today),
                reason: "family moved",
                handoverReason: isHandedOver ? "handed over" : "",
                overrideReason: isOverruled ? "nobody answers" : ""
            )
        }
        if done != nil { cases[index].dischargedAt = now }
    }

    private mutating func reopen(_ index: Int, as login: String) throws {
        // Most cases are open, and to be refused for that alone shows little.
        let index = chance(80) ? cases.indices.last { cases[$0].dischargedAt != nil } ?? index : index
        let known = cases[index]
        let isRight = Self.supervisors.contains(login) && known.dischargedAt != nil && !known.isVoided
        let done = try attempt("reopen", as: login, verdict(isRight)) { session in
            try session.reopenEpisode(known.number, reason: "came back")
        }
        if done != nil { cases[index].dischargedAt = nil }
    }

    private mutating func void(_ index: Int, as login: String) throws {
        let known = cases[index]
        let isRight = Self.supervisors.contains(login) && !known.isVoided
        let done = try attempt("void", as: login, verdict(isRight)) { session in
            try session.voidEpisode(known.number, reason: "opened twice")
        }
        if done != nil { cases[index].isVoided = true }
    }

    private mutating func refer(_ index: Int, as login: String) throws {
        let known = cases[index]
        let isRight = Self.writers.contains(login) && known.admits(now, now: now)
        let step = ReferralStep(.identified, at: now)
        let ref = try attempt("refer", as: login, verdict(isRight)) { session in
            try session.addReferral(
                known.number,
                service: "respite",
                agency: "Agency",
                warmHandoff: nil,
                steps: [step]
            ).ref
        }
        if let ref { cases[index].referrals[ref] = .identified }
    }

    private mutating func advance(_ index: Int, as login: String) throws {
        let known = cases[index]
        guard let (ref, state) = known.referrals.sorted(by: { $0.key < $1.key }).first else {
            return try refer(index, as: login)
        }
        let next = random.one(of: Array(state.next) + [.offered, .sent])
        let isAllowed = Self.writers.contains(login) && state.next.contains(next) && !known.isVoided
        let step = ReferralStep(
            next,
            at: now,
            appointmentAt: next == .scheduled ? now.adding(seconds: 86_400) : nil,
            reason: "as agreed"
        )
        let verdict: Verdict = !isAllowed ? .refused : known.isOpen ? .accepted : .open
        let done = try attempt("advance to \(next.rawValue)", as: login, verdict) { session in
            try session.advanceReferral(known.number, ref, [step], action: "referral \(next.rawValue)")
        }
        if done != nil { cases[index].referrals[ref] = next }
    }

    private mutating func reassign(_ index: Int, as login: String) throws {
        let known = cases[index]
        let to = random.one(of: ["casey", "kim", "sam", "dana"])
        let mayDo =
            Self.supervisors.contains(login) || Self.writers.contains(login) && login == known.clinician
        // To give a case to the one who has it already changes nothing, and the notebook does not care.
        let verdict: Verdict = to == known.clinician && mayDo ? .open : verdict(mayDo && to != "dana" && known.isOpen)
        let done = try attempt("reassign", as: login, verdict) { session in
            try session.reassignEpisodes(.named([known.number]), to: to)
        }
        if done != nil { cases[index].clinician = to }
    }

    private mutating func addHoliday(as login: String) throws {
        let day = today.adding(days: Int.random(in: -30...60, using: &random))
        let verdict: Verdict = ["admin", "boss"].contains(login) ? .open : .refused
        _ = try attempt("holiday", as: login, verdict) { try $0.addHoliday(day, named: "A day off") }
    }

    private mutating func read(_ index: Int, as login: String) throws {
        let known = cases[index]
        switch Int.random(in: 0..<3, using: &random) {
        case 0:
            let verdict = verdict(Self.writers.contains(login) && !known.isVoided)
            _ = try attempt("show", as: login, verdict) { try $0.showCase(known.number, asOf: nil) }
        case 1:
            let verdict = verdict(Self.writers.contains(login) || login == "dana")
            _ = try attempt("overdue", as: login, verdict) { try $0.worklist("overdue", WorklistQuery()) }
        default:
            _ = try attempt("totals", as: login, .accepted) { try $0.totals() }
        }
    }
}
