import CivilTime
import CrisisCare
import Services
import Storage

// A call comes in.
extension ModelRun {
    /// Mostly somebody who writes at the site; sometimes anybody.
    private mutating func opener(at site: String) -> String {
        let all = book.people.keys.sorted()
        return one(of: chance(75) ? all.filter { book.may($0, .write, at: site) } : all)
    }

    mutating func open() throws {
        let site = one(of: ["Hartford", "Hartford", "Danbury"])
        let login = opener(at: site)
        let call = chance(6) ? now.adding(seconds: 60) : past(hours: 30)
        var request = try requestForSomebody(call: call, site: site)
        request.mode = one(of: [.mobile, .mobile, .mobile, .deferredMobile, .phone])
        if chance(10) { request.program = Notebook.adult }
        request.minorConsented = chance(15)
        if chance(20) { request.transferFrom = "988" }
        if chance(20) { request.transferredAt = call.adding(seconds: Int64.random(in: -60...600, using: &random)) }
        var new = NotebookCase(
            number: nextNumber,
            site: site,
            client: book.clients.count,
            mode: request.mode,
            call: call,
            clinician: login
        )
        new.program = request.program
        new.transferredAt = request.transferredAt
        new.isMinorConsented = request.minorConsented
        new.isWarmTransfer = !request.transferFrom.isEmpty
        try open("open", new, request, as: login, over: nil)
    }

    mutating func openByPhone() throws {
        let site = one(of: ["Hartford", "Danbury"])
        let login = opener(at: site)
        let call = past(hours: 3)
        let request = try requestForSomebody(call: call, site: site)
        var new = NotebookCase(
            number: nextNumber,
            site: site,
            client: book.clients.count,
            mode: .phone,
            call: call,
            clinician: login
        )
        new.leaving = NotebookCase.Leaving(
            at: now,
            on: today,
            reason: one(of: ["family moved", "met treatment goals", "unable to reach"])
        )
        try open("phone", new, request, as: login, over: new.leaving)
    }

    private mutating func open(
        _ name: String,
        _ new: NotebookCase,
        _ request: OpeningRequest,
        as login: String,
        over leaving: NotebookCase.Leaving?
    ) throws {
        var new = new
        var reasons: Reasons = book.may(login, .write, at: new.site) ? [] : ["not-permitted"]
        if [new.call, new.transferredAt].contains(where: { $0.map { $0 > now } ?? false }) {
            reasons.insert("in-the-future")
        }
        reasons.formUnion(new.problemsOfOrder())
        if leaving?.reason == "unable to reach" { reasons.insert("attempts-too-few") }
        let client = person(of: request)
        if let client, case .known(let ref) = request.person {
            new.client = book.standing(client)
            if book.clients[client].ref != ref { reasons.insert("failed") }
        } else if case .new(_, let last, let birth, _) = request.person {
            let family = Self.family(of: last)
            let near = book.clients.contains { $0.family == family && $0.birth == birth }
            if near, !request.isNotADuplicate { reasons.insert("possible-duplicate") }
        }
        let isDry = isDry()
        let entries = 1 + (new.transferredAt == nil ? 0 : 1) + (leaving == nil ? 0 : 1)
        let number = try attempt(name, as: login, unless: reasons, entries: entries, isDryRun: isDry) { session in
            try leaving.map { try session.recordPhoneEpisode(request, reason: $0.reason, isDryRun: isDry).caseNumber }
                ?? session.openEpisode(request, isDryRun: isDry).caseNumber
        }
        guard let number else { return }
        if number.description != new.number { fail("gave the number \(number) and not \(new.number)") }
        if case .new(_, let last, let birth?, _) = request.person {
            try remember(new.number, family: Self.family(of: last), birth: birth)
        }
        book.cases.append(new)
    }

    /// Numbers of a year follow each other, and none is given twice.
    var nextNumber: String {
        let count = String(book.cases.count + 1)
        return "2026-" + String(repeating: "0", count: 5 - count.count) + count
    }

    /// Somebody new, somebody on record, or somebody who may be on record.
    private mutating func requestForSomebody(call: Instant, site: String) throws -> OpeningRequest {
        let family = book.clients.count
        var request = try desk.request("")
        request.callReceivedAt = call
        request.site = site
        request.isNotADuplicate = chance(60)
        request.person = .new(
            firstName: "Test",
            lastName: Self.name(family, "a"),
            birthDate: birthDate(of: family),
            sex: .female
        )
        guard !book.clients.isEmpty else { return request }
        let other = one(of: book.clients)
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1: request.person = .known(ref: other.ref)
        case 2, 3:
            request.person = .new(
                firstName: "Test",
                lastName: Self.name(other.family, one(of: ["b", "c", "d"])),
                birthDate: other.birth,
                sex: .female
            )
        default: break
        }
        return request
    }

    private func person(of request: OpeningRequest) -> Int? {
        guard case .known(let ref) = request.person else { return nil }
        return book.clients.firstIndex { $0.ref == ref }
    }

    /// Keeps in mind under which reference the program knows a new client.
    mutating func remember(_ number: String, family: Int, birth: CivilDate) throws {
        guard let record = try record.episode(number) else { return fail("did not keep the case") }
        let client = try self.record.read { db in try ClientStore.find(record.client, in: db) }
        book.clients.append(Notebook.Client(ref: client?.clientRef ?? "", family: family, birth: birth))
    }

    /// A birthday that nobody else has.
    func birthDate(of family: Int) -> CivilDate { CivilDate(dayNumber: 14_000 + family) }

    /// Names of one family differ in their last letter alone.
    static func name(_ family: Int, _ last: String) -> String { "Family\(family)x\(last)" }

    static func family(of name: String) -> Int { Int(name.dropFirst(6).prefix { $0.isNumber }) ?? -1 }
}
