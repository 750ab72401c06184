import CivilTime
import CrisisCare
import Reports
import Services

// Administrators change what the agency works with; call centers are told what became of their calls.
extension ModelRun {
    mutating func administer() throws {
        let login = chance(60) ? one(of: ["admin", "boss"]) : one(of: book.people.keys.sorted())
        let reasons = book.denial(login, .administer)
        let isDry = isDry()
        switch Int.random(in: 0..<13, using: &random) {
        case 0, 1: try setPolicy(as: login, reasons, isDry)
        case 2, 3, 4, 5: try setHoliday(as: login, reasons, isDry)
        case 6: try setSite(as: login, reasons, isDry)
        case 7, 8: try setCode(as: login, reasons, isDry)
        default: try setStaff(as: login, reasons, isDry)
        }
    }

    private mutating func setPolicy(as login: String, _ denial: Reasons, _ isDry: Bool) throws {
        let program = one(of: [Notebook.youth, Notebook.youth, Notebook.adult])
        let day = today.adding(days: Int.random(in: -3...10, using: &random))
        let policies = book.policies[program] ?? []
        let next = policies.first { $0.from > day }?.from
        let used = book.cases.filter { known in
            let called = zone.date(of: known.call)
            return known.program == program && called >= day && next.map { called < $0 } ?? true
        }
        guard var policy = policies.last(where: { $0.from <= day }) else { return }
        policy.from = day
        let isYouth = program == Notebook.youth
        if isYouth {
            policy.windowDays = one(of: [21, 35, 42, 56])
            policy.nextContactDays = one(of: [5, 7, 10])
            policy.planDays = one(of: [5, 7])
            policy.attempts = one(of: [2, 3, 4])
        }
        policy.answerBusinessDays = one(of: [2, 3, 5])
        let new = policy
        let reasons = used.isEmpty ? denial : denial.union(["in-use"])
        // Whether a voided case still holds the rules of its day is nowhere said.
        let isUndecided = !used.isEmpty && used.allSatisfy(\.isVoided) && denial.isEmpty
        let done = try attempt("set policy", as: login, unless: reasons, isDryRun: isDry, isUndecided: isUndecided) {
            try $0.setPolicy(of: program, from: day, isDryRun: isDry) { policy in
                policy.referralAnswerBusinessDays = new.answerBusinessDays
                guard isYouth else { return }
                policy.windowDays = new.windowDays
                policy.nextContactDays = new.nextContactDays
                policy.safetyPlanDays = new.planDays
                policy.attemptsBeforeUnableToReach = new.attempts
            }
        }
        guard done != nil else { return }
        book.policies[program] = (policies.filter { $0.from != day } + [policy]).sorted { $0.from < $1.from }
    }

    private mutating func setHoliday(as login: String, _ denial: Reasons, _ isDry: Bool) throws {
        let isAdded = book.holidays.isEmpty || chance(65)
        let some = book.holidays.sorted()
        // Mostly one of the next days, over which the answer to a referral may be awaited.
        let span = chance(70) ? 1...4 : -10...20
        let day = isAdded || chance(20) ? today.adding(days: Int.random(in: span, using: &random)) : one(of: some)
        let isThere = book.holidays.contains(day)
        if isAdded {
            let reasons = isThere ? denial.union(["in-use"]) : denial
            let done = try attempt("add holiday", as: login, unless: reasons, isDryRun: isDry) {
                try $0.addHoliday(day, named: "A day off", isDryRun: isDry)
            }
            if done != nil { book.holidays.insert(day) }
        } else {
            let reasons = isThere ? denial : denial.union(["failed"])
            let done = try attempt("remove holiday", as: login, unless: reasons, isDryRun: isDry) {
                try $0.removeHoliday(day, isDryRun: isDry)
            }
            if done != nil { book.holidays.remove(day) }
        }
    }

    private mutating func setSite(as login: String, _ denial: Reasons, _ isDry: Bool) throws {
        let site = one(of: ["Hartford", "Danbury", "Torrington", "Waterbury"])
        let isKnown = book.sites.contains(site)
        if chance(50) {
            let reasons = isKnown ? denial.union(["in-use"]) : denial
            let done: Void? = try attempt("add site", as: login, unless: reasons, isDryRun: isDry) {
                try $0.addSite(named: site, towns: ["Canton"], isDryRun: isDry)
            }
            if done != nil { book.sites.insert(site) }
        } else {
            let reasons = isKnown ? denial : denial.union(["failed"])
            _ = try attempt("set towns", as: login, unless: reasons, isDryRun: isDry) {
                try $0.setTowns(["Simsbury"], ofSite: site, isDryRun: isDry)
            }
        }
    }

    private mutating func setCode(as login: String, _ denial: Reasons, _ isDry: Bool) throws {
        let code = "peer support"
        let isKnown = book.codes.contains(code)
        if chance(isKnown ? 30 : 85) {
            let reasons = isKnown ? denial.union(["in-use"]) : denial
            let done = try attempt("add code", as: login, unless: reasons, isDryRun: isDry) {
                try $0.addCode(code, to: .serviceType, isDryRun: isDry)
            }
            if done != nil { book.codes.insert(code) }
        } else {
            let reasons = isKnown ? denial : denial.union(["failed"])
            let done: Void? = try attempt("retire code", as: login, unless: reasons, isDryRun: isDry) {
                try $0.retireCode(code, of: .serviceType, isDryRun: isDry)
            }
            if done != nil { book.codes.remove(code) }
        }
    }

    /// Rae comes, gets other roles, and goes.
    private mutating func setStaff(as login: String, _ denial: Reasons, _ isDry: Bool) throws {
        let roles: [(Role, String?)] = [
            one(of: [
                (.clinician, "Hartford"), (.clinician, "Danbury"), (.supervisor, "Danbury"), (.analyst, nil),
                (.administrator, nil),
            ])
        ]
        let grants = roles.map { NamedGrant(role: $0.0, site: $0.1) }
        let isKnown = book.people["rae"] != nil
        switch Int.random(in: 0..<4, using: &random) {
        case 0 where isKnown:
            let done = try attempt("retire staff", as: login, unless: denial, isDryRun: isDry) {
                try $0.retireStaff(login: "rae", isDryRun: isDry)
            }
            if done != nil { book.people["rae"]?.isRetired = true }
        case 1, 2:
            let reasons = isKnown ? denial : denial.union(["failed"])
            let done: Void? = try attempt("set staff", as: login, unless: reasons, isDryRun: isDry) {
                try $0.setStaff(login: "rae", name: nil, grants: grants, isDryRun: isDry)
            }
            // Who is given a role works here again.
            if done != nil { book.people["rae"] = Notebook.Person(roles: roles) }
        default:
            let reasons = isKnown ? denial.union(["in-use"]) : denial
            let done: Void? = try attempt("add staff", as: login, unless: reasons, isDryRun: isDry) {
                try $0.addStaff(login: "rae", name: "", grants: grants, isDryRun: isDry)
            }
            if done != nil { book.people["rae"] = Notebook.Person(roles: roles) }
        }
    }

    /// What became of warm transfers, told to the call centers.
    mutating func returnDispositions(as login: String) throws {
        let reasons = book.denial(login, .read)
        var told: [ToldDisposition] = []
        let read: Void? = try attempt("export dispositions", as: login, unless: reasons) { session in
            _ = try session.exportDispositions(DispositionQuery()) { _, row in told.append(row) }
        }
        let warm = book.visible(to: login).filter(\.isWarmTransfer)
        guard read != nil else { return }
        if told.map(\.caseNumber.description).sorted() != warm.map(\.number).sorted() { fail("exports other cases") }
        let owed = warm.filter { $0.hasSomethingToTell && !$0.isReturned }.map(\.number)
        let isDry = isDry()
        let count = try attempt("return dispositions", as: login, entries: max(1, owed.count), isDryRun: isDry) {
            try $0.returnDispositions(told, isDryRun: isDry)
        }
        guard let count else { return }
        if count != owed.count { fail("marked \(count) and not \(owed.count)") }
        for number in owed { book.place(of: number).map { book.cases[$0].isReturned = true } }
    }
}
