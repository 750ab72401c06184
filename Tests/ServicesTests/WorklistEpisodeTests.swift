import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// `episode list`: what each filter means, page by page, and the same from stored rows as from the facts.
struct WorklistEpisodeTests {
    private static let traits: [EpisodeTrait] = [
        .closingSoon(days: 0), .closingSoon(days: 7), .noContact, .noPlan, .waitingOnReferral, .extended,
        .unableToReach,
    ]

    private func numbers(_ desk: CrisisDesk, as login: String = "casey", _ set: (inout EpisodeQuery) -> Void) throws
        -> [String]
    {
        var query = EpisodeQuery()
        set(&query)
        return try desk.act(as: login) { try $0.episodeList(query).rows }.map { row in
            guard case .code(let number) = row[0] else { return "" }
            return number
        }
    }

    @Test(arguments: [ImportedCaseload.inFlight, ImportedCaseload.smallInFlight])
    func `every filter lists the same from what is stored as from the facts`(arguments: [String]) throws {
        let caseload = try ImportedCaseload.of(arguments)
        let agency = try TestAgency(copyOf: caseload.path, now: caseload.now)
        var listed = 0
        for traits in [[]] + Self.traits.map({ [$0] }) + [[.noContact, .noPlan]] {
            for isOpen in [true, false] {
                var query = EpisodeQuery()
                query.openOnly = isOpen
                query.traits = traits
                let stored = try agency.open().episodeList(query)
                // One second later the same instant is past, and everything is computed.
                query.asOf = agency.now
                let computed = try agency.open(at: agency.now.adding(seconds: 1)).episodeList(query)
                let difference = zip(stored.rows, computed.rows).first { $0 != $1 }
                #expect(difference == nil, "\(traits)")
                #expect(stored.rows.count == computed.rows.count, "\(traits)")
                listed += stored.rows.count
            }
        }
        #expect(listed > 100)
    }

    @Test func `closing soon counts the days that are left, the last one included, and what is late`() throws {
        let desk = try CrisisDesk()
        // The response on 10 November: the window's last day is 22 December.
        let number = try desk.open("One")
        for (day, within, isListed) in [
            ("2026-12-15T09:00", 6, false), ("2026-12-15T09:00", 7, true), ("2026-12-22T23:59", 0, true),
            ("2026-12-21T23:59", 0, false), ("2026-12-30T09:00", 0, true),
        ] {
            var query = EpisodeQuery()
            query.traits = [.closingSoon(days: within)]
            let rows = try desk.act(at: day) { try $0.episodeList(query).rows }
            #expect(rows.map { $0[0] } == (isListed ? [.code(number)] : []), "\(day) \(within)")
        }
    }

    @Test func `no contact yet is an open case without a completed contact, attempts or not`() throws {
        let desk = try CrisisDesk()
        let tried = try desk.open("One")
        let met = try desk.open("Two", call: "2026-11-10T11:00")
        let waiting = try desk.open("Three", call: "2026-11-10T12:00", isArrived: false)
        try desk.act { _ = try $0.logVisit(tried, desk.visit("2026-11-11T10:00", .noAnswer)) }
        try desk.act { _ = try $0.logVisit(met, desk.visit("2026-11-11T10:00")) }
        // Work with the school is no contact.
        try desk.act { _ = try $0.logVisit(tried, desk.visit("2026-11-12T10:00", with: .school)) }
        #expect(try numbers(desk) { $0.traits = [.noContact] } == [tried, waiting])
    }

    @Test func `no plan is what keeps a case from being closed, and not a phone-only one`() throws {
        let desk = try CrisisDesk()
        let without = try desk.open("One")
        let with = try desk.open("Two", call: "2026-11-10T11:00")
        let declined = try desk.open("Three", call: "2026-11-10T12:00")
        _ = try desk.open("Four", call: "2026-11-10T13:00", mode: .phone)
        let at = try desk.instant("2026-11-12T10:00")
        try desk.act { _ = try $0.activatePlan(with, desk.plan(), reason: "first plan", at: at) }
        try desk.act { _ = try $0.declinePlan(declined, by: .caregiver, reason: "not now", at: at) }
        #expect(try numbers(desk) { $0.traits = [.noPlan] } == [without])
    }

    @Test func `unable to reach takes the policy's attempts since the last contact`() throws {
        let desk = try CrisisDesk()
        let number = try desk.open("One")
        for day in 11...13 {
            #expect(try numbers(desk) { $0.traits = [.unableToReach] } == [])
            try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-\(day)T10:00", .noAnswer)) }
        }
        #expect(try numbers(desk) { $0.traits = [.unableToReach] } == [number])
        try desk.act { _ = try $0.logVisit(number, desk.visit("2026-11-14T10:00")) }
        #expect(try numbers(desk) { $0.traits = [.unableToReach] } == [])
    }

    @Test func `waiting on a referral begins when it is sent and ends with its outcome`() throws {
        let desk = try CrisisDesk()
        let number = try desk.open("One")
        func isWaiting() throws -> Bool { try numbers(desk) { $0.traits = [.waitingOnReferral] } == [number] }
        let first = try desk.steps([.identified, .offered], from: "2026-11-10T11:00")
        try desk.act {
            _ = try $0.addReferral(number, service: "outpatient", agency: "", warmHandoff: nil, steps: first)
        }
        #expect(try !isWaiting())
        for (state, isWaitingThen) in [
            (ReferralState.sent, true), (.waitlisted, true), (.accepted, true), (.attended, false),
        ] {
            let step = ReferralStep(state, at: try desk.instant("2026-11-11T10:00"))
            try desk.act { _ = try $0.advanceReferral(number, "1", [step], action: "referral step") }
            #expect(try isWaiting() == isWaitingThen, "\(state)")
        }
    }

    @Test func `extended is a case whose window was lengthened`() throws {
        let desk = try CrisisDesk(now: "2026-12-20T09:00")
        let number = try desk.open("One", call: "2026-11-20T10:00")
        _ = try desk.open("Two", call: "2026-11-20T11:00")
        #expect(try numbers(desk) { $0.traits = [.extended] } == [])
        let day = try #require(CivilDate("2027-01-08"))
        try desk.act(as: "sam") { _ = try $0.extendWindow(number, to: day, requestedBy: "casey", reason: "intake") }
        #expect(try numbers(desk) { $0.traits = [.extended] } == [number])
    }

    @Test func `pitfall 19 pages hold each of three episodes of a child once, also when a case comes in between`()
        throws
    {
        let desk = try CrisisDesk()
        let first = try desk.open("One", call: "2026-11-01T10:00")
        let client = try desk.agency.read { db in
            try #require(try ClientStore.find(CaseFinder.find(first, in: db).client, in: db))
        }
        var all = [first]
        // Two more of the same child, one of them called in the same second as another child's.
        for call in ["2026-11-05T10:00", "2026-11-05T10:00", "2026-11-09T10:00"] {
            let isOther = all.count == 2
            let number = try desk.open("Other", call: call, isArrived: false) { request in
                if !isOther { request.person = .known(ref: client.clientRef) }
            }
            all.append(number)
        }
        for size in 1...5 {
            var pages: [String] = []
            while true {
                let page = try numbers(desk) {
                    $0.limit = size
                    $0.after = pages.last
                }
                pages += page
                if page.count < size { break }
            }
            #expect(pages == all, "pages of \(size)")
        }
        // A call that was received earlier comes in while somebody is between two pages.
        let page = try numbers(desk) { $0.limit = 2 }
        _ = try desk.open("Early", call: "2026-10-30T10:00", isArrived: false)
        let rest = try numbers(desk) { $0.after = page.last }
        #expect(page + rest == all)
    }

    @Test func `pitfall 19 a limited overdue list is the beginning of the whole one`() throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        let agency = try TestAgency(copyOf: caseload.path, now: caseload.now)
        let all = try agency.open().worklist("overdue", WorklistQuery()).0.rows.map {
            "\($0.caseNumber) \($0.deadline)"
        }
        #expect(Set(all).count == all.count && all.count > 20)
        for limit in [1, 2, 7, all.count - 1, all.count, all.count + 1] {
            var query = WorklistQuery()
            query.limit = limit
            let rows = try agency.open().worklist("overdue", query).0.rows.map { "\($0.caseNumber) \($0.deadline)" }
            #expect(rows == Array(all.prefix(limit)), "\(limit)")
        }
    }

    @Test func `pitfall 20 each sees the same rows of a case, a clinician of one site and a supervisor of all`() throws
    {
        let desk = try CrisisDesk()
        let number = try desk.open("One")
        var request = try desk.request("Two")
        request.town = "Danbury"
        let danbury = try desk.act(as: "dana") { try $0.openEpisode(request).caseNumber.description }
        #expect(try numbers(desk, as: "casey") { _ in } == [number])
        #expect(try numbers(desk, as: "dana") { _ in } == [danbury])
        #expect(try Set(numbers(desk, as: "sue") { _ in }) == [number, danbury])
        #expect(try numbers(desk, as: "dana") { $0.clinician = "casey" } == [])
        #expect(try numbers(desk, as: "sue") { $0.clinician = "casey" } == [number])
        // A limit cuts what the person may see, not what is stored.
        #expect(try numbers(desk, as: "dana") { $0.limit = 1 } == [danbury])
        #expect(
            try numbers(desk, as: "dana") {
                $0.limit = 1
                $0.openOnly = false
            } == [danbury]
        )
        try desk.expectRefusal(.notPermitted, as: "dana") { session in
            var query = EpisodeQuery()
            query.after = number
            _ = try session.episodeList(query)
        }
    }
}
