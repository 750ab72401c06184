import CivilTime
import CrisisCare
import Services

// Somebody goes there, and what was recorded wrongly is corrected.
extension ModelRun {
    mutating func dispatch(_ index: Int, as login: String) throws {
        let known = book.cases[index]
        guard !known.isPhone else { return try arrive(index, as: login) }
        let at = known.call.adding(seconds: Int64.random(in: -120...3_000, using: &random))
        var changed = known
        changed.dispatchedAt = at
        changed.version += 1
        var reasons = book.denial(login, .write, known).union(stepProblems(at, known)).union(changed.problemsOfOrder())
        if known.dispatchedAt != nil { reasons.insert("state-order") }
        let isDry = isDry()
        let done = try attempt("dispatch", as: login, unless: reasons, isDryRun: isDry) {
            try $0.recordDispatch(known.number, at: at, isDryRun: isDry)
        }
        if done != nil { book.cases[index] = changed }
    }

    mutating func arrive(_ index: Int, as login: String) throws {
        // An arrival that is still missing is what is recorded most often.
        let missing = book.cases.indices.filter { book.cases[$0].isOpen && book.cases[$0].response == nil }
        let index = chance(70) && !missing.isEmpty ? one(of: missing) : index
        let known = book.cases[index]
        let at = known.call.adding(seconds: Int64.random(in: -300...10_000, using: &random))
        var changed = known
        changed.arrivedAt = at
        changed.version += 1
        changed.isReturned = false
        var reasons = book.denial(login, .write, known).union(stepProblems(at, known)).union(changed.problemsOfOrder())
        reasons.formUnion(changed.problemsOfWindow(book.policy(of: known), zone))
        if known.arrivedAt != nil { reasons.insert("state-order") }
        if known.isPhone { reasons.insert("phone-only") }
        let isDry = isDry()
        let done = try attempt("arrive", as: login, unless: reasons, isDryRun: isDry) {
            try $0.recordArrival(known.number, at: at, isDryRun: isDry)
        }
        if done != nil { book.cases[index] = changed }
    }

    private func stepProblems(_ at: Instant, _ known: NotebookCase) -> Reasons {
        var reasons: Reasons = at > now ? ["in-the-future"] : []
        if let leaving = known.leaving, leaving.at <= at { reasons.insert("episode-closed") }
        return reasons
    }

    mutating func amend(_ index: Int, as login: String) throws {
        let known = book.cases[index]
        var changed = known
        var amendment = EpisodeAmendment()
        var isUnknownClient = false
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1:
            let to = known.call.adding(seconds: Int64.random(in: -3 * 86_400...40_000, using: &random))
            amendment.callReceivedAt = to
            changed.call = to
        case 2, 3:
            let base = known.arrivedAt ?? known.call
            let to = base.adding(seconds: Int64.random(in: -4_000...86_400, using: &random))
            amendment.arrivedAt = to
            changed.arrivedAt = to
        case 4:
            amendment.cleared = [.arrived]
            changed.arrivedAt = nil
        case 5:
            let mode = one(of: ResponseMode.allCases)
            amendment.mode = mode
            changed.mode = mode
        case 6:
            amendment.minorConsented = !known.isMinorConsented
            changed.isMinorConsented.toggle()
        default:
            let client = one(of: Array(book.clients.indices))
            isUnknownClient = chance(20)
            amendment.client = isUnknownClient ? "P-NOBODY" : book.clients[client].ref
            changed.client = book.standing(client)
        }
        if chance(60) { amendment.readVersion = chance(70) ? known.version : known.version - 1 }
        var reasons = book.denial(login, .write, known)
        if let read = amendment.readVersion, read != known.version { reasons.insert("stale-edit") }
        if isUnknownClient { reasons.insert("failed") }
        if amendment.client != nil, !isUnknownClient { reasons.formUnion(clientDenial(changed.client, .write, login)) }
        reasons.formUnion(changed.problemsOfCorrection(now: now, book.policy(of: changed), zone))
        let isSame =
            changed.call == known.call && changed.arrivedAt == known.arrivedAt && changed.mode == known.mode
            && changed.isMinorConsented == known.isMinorConsented && changed.client == known.client
        if !isSame { changed.version += 1 }
        if changed.arrivedAt != known.arrivedAt || changed.mode != known.mode { changed.isReturned = false }
        let isDry = isDry()
        let done = try attempt("amend", as: login, unless: reasons, isDryRun: isDry) {
            try $0.amendEpisode(known.number, amendment, reason: "typed wrongly", isDryRun: isDry)
        }
        guard let done else { return }
        if done.version != changed.version { fail("says version \(done.version) and not \(changed.version)") }
        book.cases[index] = changed
    }

    /// Who has no case of a client at his sites is refused when others have; voided ones count while no other does.
    func clientDenial(_ client: Int, _ duty: Notebook.Duty, _ login: String) -> Reasons {
        let sites = book.sites(of: client)
        return sites.isEmpty || sites.contains { book.may(login, duty, at: $0) } ? [] : ["not-permitted"]
    }
}
