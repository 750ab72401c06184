import CivilTime
import CrisisCare
import Services

// The team meets with the family, or tries to.
extension ModelRun {
    private mutating func moment() -> Instant {
        chance(4) ? now.adding(seconds: 1) : past(hours: chance(50) ? 72 : 20 * 24)
    }

    mutating func logVisit(_ index: Int, as login: String) throws {
        let known = book.cases[index]
        var seen = NotebookCase.Seen(
            id: RecordID(0),
            at: moment(),
            result: one(of: [.completed, .completed, .completed, .noAnswer, .noShow, .unableToLocate]),
            with: one(of: ContactWith.allCases)
        )
        let isPromising = chance(seen.result == .completed ? 20 : 4)
        if isPromising { seen.promised = zone.date(of: seen.at).adding(days: Int.random(in: -1...30, using: &random)) }
        seen.isOverruled = known.isMinorConsented && chance(40)
        var visit = NewVisit(at: seen.at, mode: .phone, result: seen.result, with: seen.with)
        visit.promisedNext = seen.promised
        visit.overrideReason = seen.isOverruled ? "the youth asked for it" : ""
        let reasons = book.denial(login, .write, known)
            .union(known.problems(of: seen, now: now, book.policy(of: known), zone))
        let isDry = isDry()
        let id = try attempt("visit", as: login, unless: reasons, isDryRun: isDry) { session in
            try session.logVisit(known.number, visit, isDryRun: isDry).loggedVisit
        }
        guard let id else { return }
        guard let id else { return fail("gave no id") }
        var kept = NotebookCase.Seen(id: id, at: seen.at, result: seen.result, with: seen.with, promised: seen.promised)
        kept.isOverruled = seen.isOverruled
        book.cases[index].visits.append(kept)
    }

    mutating func amendVisit(_ index: Int, as login: String) throws {
        // Most cases have no visit yet.
        let visited = book.cases.indices.filter { !book.cases[$0].visits.isEmpty && !book.cases[$0].isVoided }
        let index = chance(80) && !visited.isEmpty ? one(of: visited) : index
        let known = book.cases[index]
        guard let place = known.visits.indices.randomElement(using: &random) else {
            return try logVisit(index, as: login)
        }
        let old = known.visits[place]
        var new = old
        var amendment = VisitAmendment()
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
            new.at = moment()
            amendment.at = new.at
        case 1:
            new.result = one(of: [.completed, .noAnswer, .cancelledByFamily])
            amendment.result = new.result
        case 2:
            new.with = one(of: ContactWith.allCases)
            amendment.with = new.with
        case 3:
            new.promised = zone.date(of: old.at).adding(days: Int.random(in: 0...20, using: &random))
            amendment.promisedNext = new.promised
        default:
            new.promised = nil
            amendment.clearsPromise = true
        }
        if chance(50) { amendment.readVersion = chance(70) ? old.version : old.version - 1 }
        var reasons = book.denial(login, .write, known)
            .union(known.problems(of: new, now: now, book.policy(of: known), zone))
        if let read = amendment.readVersion, read != old.version { reasons.insert("stale-edit") }
        let isUnknown = chance(4)
        if isUnknown { reasons.insert("failed") }
        if new != old { new.version += 1 }
        let isDry = isDry()
        let id = isUnknown ? RecordID<Visit>(1) : old.id
        let done = try attempt("amend visit", as: login, unless: reasons, isDryRun: isDry) { session in
            try session.amendVisit(known.number, id, amendment, reason: "typing", isDryRun: isDry)
        }
        guard let done else { return }
        if done.version != new.version { fail("says version \(done.version) of the visit and not \(new.version)") }
        book.cases[index].visits[place] = new
    }

    mutating func voidVisit(_ index: Int, as login: String) throws {
        let known = book.cases[index]
        let isTwice = chance(25)
        guard let id = isTwice ? known.voidedVisits.last : known.visits.map(\.id).randomElement(using: &random) else {
            return try logVisit(index, as: login)
        }
        var reasons = book.denial(login, .write, known)
        if isTwice { reasons.insert("failed") }
        let isDry = isDry()
        let done = try attempt("void visit", as: login, unless: reasons, isDryRun: isDry) { session in
            try session.voidVisit(known.number, id, reason: "typing", isDryRun: isDry)
        }
        guard done != nil else { return }
        book.cases[index].visits.removeAll { $0.id == id }
        book.cases[index].voidedVisits.append(id)
    }
}
