import CivilTime
import CrisisCare
import Services

// The window is lengthened, the case is closed, opened again, voided, or goes to a colleague.
extension ModelRun {
    mutating func extend(_ index: Int, as login: String) throws {
        let known = book.cases[index]
        let login = chance(60) ? one(of: ["sam", "sue", "admin"]) : login
        let policy = book.policy(of: known)
        let window = known.window(at: now, policy, zone)
        let newEnd = (window?.upperBound ?? today).adding(days: Int.random(in: 0...16, using: &random))
        let requester = chance(30) ? one(of: ["kim", "sam", "sue"]) : nil
        var reasons = book.denial(login, .write, known)
        if !book.may(login, .supervise, at: known.site) { reasons.insert("extension-needs-supervisor") }
        if let requester, !book.may(requester, .write, at: known.site) { reasons.insert("not-permitted") }
        if requester ?? known.clinician == login { reasons.insert("extension-self-approved") }
        reasons.formUnion(known.problems(at: now, now: now))
        if let window, let days = policy.windowDays {
            let limit = window.lowerBound.adding(days: days + policy.extensionDays)
            if newEnd <= window.upperBound || newEnd > limit { reasons.insert("extension-too-long") }
        } else {
            reasons.insert(policy.windowDays == nil ? "no-window" : "before-arrival")
        }
        if let response = known.response, response > now { reasons.insert("before-arrival") }
        let isDry = isDry()
        let done = try attempt("extend", as: login, unless: reasons, isDryRun: isDry) { session in
            try session.extendWindow(
                known.number,
                to: newEnd,
                requestedBy: requester,
                reason: "school break",
                isDryRun: isDry
            )
        }
        guard done != nil else { return }
        book.cases[index].extensions.append(NotebookCase.Extension(grantedAt: now, newEnd: newEnd))
    }

    mutating func close(_ index: Int, as login: String) throws {
        let known = book.cases[index]
        let reason = one(of: ["family moved", "met treatment goals", "unable to reach"])
        var leaving = NotebookCase.Leaving(at: now, on: today, reason: reason)
        if chance(30) {
            // Known by its day alone: it takes effect at the next midnight.
            leaving.on = today.adding(days: -Int.random(in: 0...3, using: &random))
            leaving.at = zone.startOfDay(leaving.on.adding(days: 1))
        }
        let (isOverruled, isHandedOver) = (chance(45), chance(50))
        var reasons = book.denial(login, .write, known).union(known.problems(of: leaving, now: now))
        if isOverruled {
            reasons.formUnion(book.denial(login, .supervise, known))
        } else {
            reasons.formUnion(known.gaps(of: leaving, isHandedOver: isHandedOver, book.policy(of: known)))
        }
        let discharge = Discharge(at: leaving.at, on: leaving.on)
        let isDry = isDry()
        let done = try attempt("close", as: login, unless: reasons, isDryRun: isDry) { session in
            try session.closeEpisode(
                known.number,
                discharge,
                reason: reason,
                handoverReason: isHandedOver ? "handed over" : "",
                overrideReason: isOverruled ? "nobody answers" : "",
                isDryRun: isDry
            )
        }
        guard done != nil else { return }
        book.cases[index].leaving = leaving
        book.cases[index].version += 1
        book.cases[index].isReturned = false
    }

    mutating func reopen(as login: String) throws {
        // Most cases are open, and to be refused for that alone shows little.
        let closed = book.cases.indices.filter { book.cases[$0].leaving != nil }
        let index = chance(80) && !closed.isEmpty ? one(of: closed) : one(of: Array(book.cases.indices))
        let known = book.cases[index]
        var reasons = book.denial(login, .supervise, known)
        if known.leaving == nil { reasons.insert("state-order") }
        let isDry = isDry()
        let done = try attempt("reopen", as: login, unless: reasons, isDryRun: isDry) { session in
            try session.reopenEpisode(known.number, reason: "came back", isDryRun: isDry)
        }
        guard done != nil else { return }
        book.cases[index].leaving = nil
        book.cases[index].version += 1
        book.cases[index].isReturned = false
    }

    mutating func void(_ index: Int, as login: String) throws {
        let known = book.cases[index]
        let isDry = isDry()
        let done = try attempt("void", as: login, unless: book.denial(login, .supervise, known), isDryRun: isDry) {
            try $0.voidEpisode(known.number, reason: "opened twice", isDryRun: isDry)
        }
        guard done != nil else { return }
        book.cases[index].isVoided = true
    }

    private static let targets = ["casey", "kim", "sam", "dana", "sue", "ana", "rae", "nobody"]

    /// What keeps a case from going to somebody; that it is his already is no reason.
    private func problems(of known: NotebookCase, to target: String, by login: String) -> Reasons {
        var reasons: Reasons = []
        if !book.may(login, known.clinician == login ? .write : .supervise, at: known.site) {
            reasons.insert("not-permitted")
        }
        if !book.may(target, .write, at: known.site) { reasons.insert("not-permitted") }
        if known.leaving != nil { reasons.insert("episode-closed") }
        return reasons
    }

    mutating func reassign(as login: String) throws {
        let count = Int.random(in: 1...3, using: &random)
        var chosen: [Int] = []
        for _ in 0..<count {
            let index = one(of: Array(book.cases.indices))
            if !chosen.contains(index) { chosen.append(index) }
        }
        let cases = ReassignedCases.named(chosen.map { book.cases[$0].number })
        try reassign("reassign", cases, chosen, as: login)
    }

    mutating func reassignAll(as login: String) throws {
        let from = one(of: ["casey", "kim", "sam", "dana"])
        let chosen = book.cases.indices.filter { book.cases[$0].isOpen && book.cases[$0].clinician == from }
        try reassign("reassign all", .allOf(login: from), chosen, as: login)
    }

    private mutating func reassign(
        _ name: String,
        _ cases: ReassignedCases,
        _ chosen: [Int],
        as login: String
    ) throws {
        let target = one(of: Self.targets)
        let isPartial = chance(40)
        var reasons = book.denial(login, .write)
        if book.people[target] == nil { reasons.insert("failed") }
        if book.people[target]?.isRetired == true { reasons.insert("not-permitted") }
        if chosen.contains(where: { book.cases[$0].isVoided }) { reasons.insert("failed") }
        let refused = chosen.filter { !problems(of: book.cases[$0], to: target, by: login).isEmpty }
        let moving = chosen.filter { !refused.contains($0) && book.cases[$0].clinician != target }
        if !refused.isEmpty, !isPartial || refused.count == chosen.count {
            for index in refused { reasons.formUnion(problems(of: book.cases[index], to: target, by: login)) }
        }
        let isDry = isDry()
        let entries = max(1, moving.count + refused.count)
        let done = try attempt(name, as: login, unless: reasons, entries: entries, isDryRun: isDry) { session in
            try session.reassignEpisodes(cases, to: target, isPartial: isPartial, isDryRun: isDry)
        }
        guard let done else { return }
        if done.reassigned != moving.count || done.refusals.count != refused.count {
            fail("moved \(done.reassigned) and refused \(done.refusals.count)")
        }
        for index in moving {
            book.cases[index].clinician = target
            book.cases[index].version += 1
        }
    }
}
