import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// `export --deidentify`: nothing in it tells who somebody is.
struct ExportDeidentifiedTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    private func rows(_ file: DeidentifiedFile, as login: String = "ana") throws -> [[Cell]] {
        var rows: [[Cell]] = []
        try desk.act(as: login) { session in
            try session.exportDeidentified(file, in: Period(), asOf: nil) { rows.append($0) }
        }
        #expect(rows.allSatisfy { $0.count == file.columns.count })
        return rows
    }

    private func text(_ rows: [[Cell]]) -> String {
        rows.joined().map { cell in
            switch cell {
            case .text(let text), .code(let text): text
            default: "\(cell)"
            }
        }.joined(separator: "\n")
    }

    private func openMarked(_ birth: String? = nil, call: String = "2026-11-10T10:00") throws -> String {
        let number = try desk.open("ZZLAST", call: call) { request in
            request.person = .new(
                firstName: "ZZFIRST",
                lastName: "ZZLAST",
                birthDate: CivilDate(birth ?? "2012-05-01"),
                sex: .female
            )
            request.language = "ZZLANG"
            request.caregiverName = "ZZCARE"
            request.caregiverPhone = "ZZPHONE 860-555-0142"
            request.transferFrom = "ZZFROM"
            request.transferRef = "ZZREF"
        }
        try desk.act { session in
            var visit = try desk.visit("2026-11-11T10:00")
            visit.note = "ZZNOTE"
            _ = try session.logVisit(number, visit)
        }
        let steps = try desk.steps([.identified, .offered, .sent, .accepted], from: "2026-11-12T10:00")
        try desk.act {
            _ = try $0.addReferral(number, service: "outpatient", agency: "ZZAGENCY", warmHandoff: true, steps: steps)
        }
        var plan = desk.plan()
        plan.entries[.warningSigns] = ["ZZSIGN"]
        plan.copyGiven = "no: ZZWHY"
        let at = try desk.instant("2026-11-12T10:00")
        try desk.act { _ = try $0.activatePlan(number, plan, reason: "first plan", at: at) }
        return number
    }

    @Test(arguments: DeidentifiedFile.allCases)
    func `no name, number, place, date or written word is in it`(file: DeidentifiedFile) throws {
        let number = try openMarked()
        let found = try rows(file)
        #expect(found.isEmpty == (file == .extensions))
        let text = text(found)
        for secret in ["ZZ", number, "Hartford", "casey", "C-", "2026-11", "860"] {
            #expect(!text.contains(secret), "\(file) holds \(secret): \(text)")
        }
        for cell in found.joined() {
            switch cell {
            case .text, .instant, .date: Issue.record("\(file) has a cell of its own words or days: \(cell)")
            default: break
            }
        }
    }

    @Test func `of an instant the year is left, in the agency's zone`() throws {
        let desk = try CrisisDesk(now: "2027-02-01T09:00")
        _ = try desk.open("One", call: "2026-12-31T23:30")
        var years: [Cell] = []
        try desk.act(as: "ana") { session in
            try session.exportDeidentified(.episodes, in: Period(), asOf: nil) { years.append($0[0]) }
        }
        #expect(years == [.int(2026)])
    }

    @Test func `ages over 89 are one group`() throws {
        let place = try #require(DeidentifiedFile.summary.columns.firstIndex { $0.key == "age_at_call" })
        var ages: [Cell] = []
        // Ninety, ninety less a day, and a hundred years old on the day of the call.
        for birth in ["1936-11-10", "1936-11-11", "1926-11-10"] {
            let desk = try CrisisDesk()
            _ = try desk.open("Elder") { request in
                request.person = .new(firstName: "A", lastName: "B", birthDate: CivilDate(birth), sex: .male)
            }
            try desk.act(as: "ana") { session in
                try session.exportDeidentified(.summary, in: Period(), asOf: nil) { ages.append($0[place]) }
            }
        }
        #expect(ages == [.code("90+"), .int(89), .code("90+")])
    }

    @Test func `the order of the rows tells nothing of the order of the calls`() throws {
        let call = ["2026-11-10T10:00", "2026-11-11T10:00", "2026-11-12T10:00"]
        let problems = ["trauma", "anxiety", "depression"]
        for (call, problem) in zip(call, problems) {
            _ = try desk.open("Case \(problem)", call: call) { $0.presentingProblem = problem }
        }
        let place = try #require(DeidentifiedFile.episodes.columns.firstIndex { $0.key == "presenting_problem" })
        #expect(try rows(.episodes).map { $0[place] } == problems.sorted().map(Cell.code))
    }

    @Test func `an analyst may make these files and no other, of the own sites alone`() throws {
        _ = try openMarked()
        #expect(try rows(.visits, as: "ana").count == 1)
        #expect(try rows(.visits, as: "casey").count == 1)
        #expect(try rows(.visits, as: "dana").isEmpty)
        try desk.expectRefusal(.notPermitted, as: "boss") { session in
            try session.exportDeidentified(.summary, in: Period(), asOf: nil) { _ in }
        }
        for file in CaseloadFile.allCases {
            try desk.expectRefusal(.notPermitted, as: "ana") { try $0.exportCaseload(file, in: Period()) { _ in } }
        }
    }

    @Test func `the files hold as many rows as those with names`() throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        let session = try caseload.open()
        for file in CaseloadFile.allCases {
            var count = 0
            try session.exportCaseload(file, in: Period()) { _ in count += 1 }
            let kind = try #require(DeidentifiedFile(rawValue: "\(file)"))
            #expect(try session.exportDeidentified(kind, in: Period(), asOf: nil) { _ in } == count)
        }
    }
}
