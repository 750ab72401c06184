import CivilTime
import CrisisCare
import Services

// The family is connected with help in the community, and the loop is closed.
extension ModelRun {
    private func step(_ step: NotebookReferral.Step) -> ReferralStep {
        ReferralStep(step.state, at: step.at, appointmentAt: step.appointment, reason: "as agreed")
    }

    mutating func refer(_ index: Int, as login: String) throws {
        let known = book.cases[index]
        let start = chance(70) ? now : chance(90) ? past(hours: 100) : now.adding(seconds: 20)
        let path: [ReferralState] = chance(92) ? [.identified, .offered, .sent] : [.sent]
        let length = Int.random(in: 1...path.count, using: &random)
        var reasons = book.denial(login, .write, known)
        var new = NotebookReferral(ref: String(known.referrals.count + 1), steps: [])
        for state in path.prefix(length) {
            let step = NotebookReferral.Step(state: state, at: start)
            reasons.formUnion(known.problems(of: step, after: new.steps.last, now: now))
            new.steps.append(step)
        }
        let steps = new.steps.map(step)
        let isDry = isDry()
        let done = try attempt("refer", as: login, unless: reasons, isDryRun: isDry) { session in
            try session.addReferral(
                known.number,
                service: "respite",
                agency: "Agency \(known.referrals.count)",
                warmHandoff: nil,
                steps: steps,
                isDryRun: isDry
            )
        }
        guard let done else { return }
        if done.ref != new.ref { fail("gave the reference \(done.ref) and not \(new.ref)") }
        book.cases[index].referrals.append(new)
    }

    /// A referral that can still move, of the case or of another one.
    private mutating func pick(_ index: Int) -> (Int, Int)? {
        let moving = book.cases.indices.filter { place in
            !book.cases[place].isVoided && book.cases[place].referrals.contains(where: \.isOpen)
        }
        let index = chance(85) && !moving.isEmpty ? one(of: moving) : index
        let referrals = book.cases[index].referrals
        let open = referrals.indices.filter { referrals[$0].isOpen }
        guard let place = chance(90) && !open.isEmpty ? one(of: open) : referrals.indices.last else { return nil }
        return (index, place)
    }

    mutating func advance(_ index: Int, as login: String) throws {
        guard let (index, place) = pick(index) else { return try refer(index, as: login) }
        let known = book.cases[index]
        var new = known.referrals[place]
        let at = chance(85) ? now : past(hours: 60)
        var reasons = book.denial(login, .write, known)
        var added: [NotebookReferral.Step] = []
        for _ in 0..<(chance(30) ? Int.random(in: 2...3, using: &random) : 1) {
            let right = NotebookReferral.next(after: new.state).sorted { $0.rawValue < $1.rawValue }
            var onward = right.filter { $0 != .declinedByFamily && $0 != .closedWithoutConnection }
            // What leads on is more likely than what ends it, so that the whole loop is walked.
            if onward.contains(.accepted), chance(60) { onward = [.accepted] }
            let state =
                chance(8)
                ? one(of: ReferralState.allCases.filter { $0 != .identified })
                : chance(85) && !onward.isEmpty ? one(of: onward) : right.isEmpty ? .sent : one(of: right)
            var step = NotebookReferral.Step(state: state, at: at)
            let isDated = state == .scheduled && chance(90) || state == .accepted && chance(40)
            if isDated { step.appointment = now.adding(seconds: Int64.random(in: 3_600...900_000, using: &random)) }
            reasons.formUnion(known.problems(of: step, after: new.steps.last, now: now))
            new.steps.append(step)
            added.append(step)
        }
        let isUnknown = chance(4)
        if isUnknown { reasons.insert("failed") }
        let ref = isUnknown ? "99" : new.ref
        let steps = added.map(step)
        let name = "referral \(added[0].state.rawValue)"
        let isDry = isDry()
        let done = try attempt(name, as: login, unless: reasons, entries: added.count, isDryRun: isDry) { session in
            try session.advanceReferral(known.number, ref, steps, action: name, isDryRun: isDry)
        }
        if done != nil { book.cases[index].referrals[place] = new }
    }

    mutating func handOff(_ index: Int, as login: String) throws {
        guard let (index, place) = pick(index) else { return try refer(index, as: login) }
        let known = book.cases[index]
        let ref = known.referrals[place].ref
        let isDry = isDry()
        _ = try attempt("hand-off", as: login, unless: book.denial(login, .write, known), isDryRun: isDry) { session in
            try session.recordHandoff(known.number, ref, tookPlace: true, isDryRun: isDry)
        }
    }
}
