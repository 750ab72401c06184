import CivilTime
import CrisisCare
import Services

// A client's own record is corrected; two records of one person become one, and two again.
extension ModelRun {
    mutating func editClient(_ index: Int, as login: String) throws {
        let known = book.cases[index]
        let place = book.standing(chance(70) ? known.client : one(of: Array(book.clients.indices)))
        let client = book.clients[place]
        var new = client
        var correction = ClientCorrection()
        switch Int.random(in: 0..<3, using: &random) {
        case 0:
            new.sex = one(of: [.female, .male])
            correction.sex = new.sex
        case 1:
            // A day that is nobody else's.
            new.birth = CivilDate(dayNumber: 10_000 + Int.random(in: 0..<3_000, using: &random))
            correction.birthDate = new.birth
        default:
            new.birth = today.adding(days: 3)
            correction.birthDate = new.birth
        }
        if chance(50) { correction.readVersion = chance(70) ? client.version : client.version - 1 }
        var reasons = book.denial(login, .write).union(clientDenial(place, .write, login))
        if let read = correction.readVersion, read != client.version { reasons.insert("stale-edit") }
        if new.birth > today { reasons.insert("failed") }
        if new.sex != client.sex || new.birth != client.birth { new.version += 1 }
        let isDry = isDry()
        let done = try attempt("edit client", as: login, unless: reasons, isDryRun: isDry) { session in
            try session.editClient(client.ref, correction, reason: "typed wrongly", isDryRun: isDry)
        }
        guard let done else { return }
        if done.version != new.version { fail("says version \(done.version) of the client and not \(new.version)") }
        book.clients[place] = new
    }

    /// Who merges has to supervise where either of the two has a case, voided ones included.
    private func mergeDenial(_ clients: [Int], _ login: String) -> Reasons {
        var reasons = book.denial(login, .supervise)
        let persons = clients.map(book.standing)
        for known in book.cases where persons.contains(known.client) && !book.may(login, .supervise, at: known.site) {
            reasons.insert("not-permitted")
        }
        return reasons
    }

    mutating func merge(_ index: Int, as login: String) throws {
        let login = chance(60) ? one(of: ["sam", "sue", "admin"]) : login
        let (kept, duplicate) = (book.cases[index].client, one(of: Array(book.clients.indices)))
        var reasons = mergeDenial([kept, duplicate], login)
        let isMerged = book.merges.contains { $0.duplicate == duplicate || $0.duplicate == kept }
        if kept == duplicate || isMerged { reasons.insert("client-merge") }
        let moved = book.cases.indices.filter { book.cases[$0].client == duplicate }
        let isDry = isDry()
        let (keptRef, ref) = (book.clients[kept].ref, book.clients[duplicate].ref)
        let done = try attempt("merge clients", as: login, unless: reasons, entries: moved.count + 2, isDryRun: isDry) {
            try $0.mergeClients(keeping: keptRef, duplicate: ref, reason: "one child", isDryRun: isDry)
        }
        guard let done else { return }
        if done.moved.count != moved.count { fail("moved \(done.moved.count) cases and not \(moved.count)") }
        book.merges.append(
            Notebook.Merge(kept: kept, duplicate: duplicate, cases: moved.map { book.cases[$0].number })
        )
        move(moved, to: kept, of: [kept, duplicate])
    }

    mutating func undoMerge(as login: String) throws {
        let login = chance(60) ? one(of: ["sam", "sue", "admin"]) : login
        let merged = book.merges.map(\.duplicate)
        let duplicate = chance(85) && !merged.isEmpty ? one(of: merged) : one(of: Array(book.clients.indices))
        var reasons = mergeDenial([duplicate], login)
        let place = book.merges.lastIndex { $0.duplicate == duplicate }
        let merge = place.map { book.merges[$0] }
        if let merge {
            if book.merges.contains(where: { $0.duplicate == merge.kept }) { reasons.insert("client-merge") }
        } else {
            reasons.insert("client-merge")
        }
        // What a later merge brought once more, that one alone may put back.
        let later =
            place.map { at in book.merges[(at + 1)...].filter { $0.kept == merge?.kept }.flatMap(\.cases) } ?? []
        let back = book.cases.indices.filter { index in
            let known = book.cases[index]
            return known.client == merge?.kept && merge?.cases.contains(known.number) == true
                && !later.contains(known.number)
        }
        let ref = book.clients[duplicate].ref
        let isDry = isDry()
        let done = try attempt("undo merge", as: login, unless: reasons, entries: back.count + 2, isDryRun: isDry) {
            try $0.undoMerge(of: ref, reason: "two children", isDryRun: isDry)
        }
        guard let done, let merge, let place else { return }
        if done.moved.count != back.count { fail("moved \(done.moved.count) cases back and not \(back.count)") }
        book.merges.remove(at: place)
        move(back, to: duplicate, of: [merge.kept, duplicate])
    }

    /// Both get a version that neither had, and each case that moved its next one.
    private mutating func move(_ cases: [Int], to client: Int, of both: [Int]) {
        let version = (both.map { book.clients[$0].version }.max() ?? 0) + 1
        for place in both { book.clients[place].version = version }
        for index in cases {
            book.cases[index].client = client
            book.cases[index].version += 1
        }
    }
}
