import CaseloadOracle
import CivilTime
import CrisisCare
import Reports
import SQLite
import Services
import Storage
import Testing

/// What each measure takes in and leaves out, at both sides of its boundaries.
struct ReportRuleTests {
    @Test func `an arrival at 45 minutes is in time, a second later it is not`() throws {
        let agency = try TestAgency()
        var files = CaseloadFiles()
        files.episode("A", ["arrived_at": "2026-09-01T10:44:59-04:00"])
        files.episode("B", ["arrived_at": "2026-09-01T10:45:00-04:00"])
        files.episode("C", ["arrived_at": "2026-09-01T10:45:01-04:00"])
        try agency.take(files)
        let figures = try agency.figures()
        #expect(parts(figures["response-in-time//all"]) == "2/3")
        #expect(figures["response-in-time//all"]?.tenths == 667)
        #expect(figures["response-minutes/median/all"]?.tenths == 450)
        #expect(parts(figures["response-histogram/41 to 45/all"]) == "2/3")
        #expect(parts(figures["response-histogram/46 to 50/all"]) == "1/3")
    }

    @Test func `a benchmark is met by the printed figure: 79.95 % is 80.0 %, and 79.94 % is not`() {
        let measure = Measure.find("response-in-time")
        #expect(measure?.benchmark == 800)
        #expect(Measure.find("mobility")?.benchmark == 900)
        #expect(Rounding.percentTenths(1599, of: 2000) == 800)
        #expect(Rounding.percentTenths(7994, of: 10000) == 799)
    }

    @Test func `a deferred response in 48 hours is in time, a second later it is not`() throws {
        let agency = try TestAgency()
        var files = CaseloadFiles()
        let deferred = ["response_mode": "deferred mobile", "dispatched_at": "2026-09-02T09:00:00-04:00"]
        files.episode("A", deferred.merging(["arrived_at": "2026-09-03T10:00:00-04:00"]) { $1 })
        files.episode("B", deferred.merging(["arrived_at": "2026-09-03T10:00:01-04:00"]) { $1 })
        try agency.take(files)
        #expect(try parts(agency.figures()["deferred-in-time//all"]) == "1/2")
        #expect(try parts(agency.figures(asOf: "2026-09-03T09:59:59")["deferred-in-time//all"]) == "0/0")
        // The clock of B has run out a second after 48 hours, whether or not the team has come.
        #expect(try parts(agency.figures(asOf: "2026-09-03T10:00:00")["deferred-in-time//all"]) == "1/1")
        // A deferred response is mobile, and no immediate one.
        #expect(try parts(agency.figures()["mobility//all"]) == "2/2")
        #expect(try parts(agency.figures()["response-in-time//all"]) == "0/0")
    }

    @Test func `police referrals are left out of mobility only where the policy says so`() throws {
        let agency = try TestAgency()
        var files = CaseloadFiles()
        files.episode("A", ["referral_source": "police"])
        files.episode(
            "B",
            ["response_mode": "non-mobile (phone)", "arrived_at": "", "dispatched_at": "", "location": "phone"]
        )
        try agency.take(files)
        #expect(try parts(agency.figures()["mobility//all"]) == "1/2")
        var policy = ShippedProgram.youth.policy
        policy.effectiveFrom = try #require(CivilDate("2026-08-01"))
        policy.mobilityExcludesPolice = true
        let connection = try Database.open(agency.path, .readWrite, now: agency.now.seconds, programVersion: "test")
        try connection.write { db in
            let program = try #require(try PolicyStore.book(in: db).program(named: ShippedProgram.youth.rawValue))
            try PolicyStore.insert(policy, of: program, in: db)
        }
        let figures = try agency.figures()
        #expect(parts(figures["mobility//all"]) == "0/1")
        #expect(parts(figures["referral-source/police/all"]) == "1/2")
        #expect(parts(figures["episodes//all"]) == "2")
    }

    @Test func `the children's clocks are not applied to adults`() throws {
        let agency = try TestAgency()
        var files = CaseloadFiles()
        files.episode("A", ["program": "adult mobile crisis", "birth_date": "1980-05-01"])
        try agency.take(files)
        let figures = try agency.figures()
        for id in ["response-in-time", "first-contact-in-time", "plan-in-time", "closed-in-window", "extended"] {
            #expect(parts(figures["\(id)//all"]) == "0/0", "\(id)")
        }
        #expect(parts(figures["mobility//all"]) == "1/1")
        #expect(parts(figures["age-band/19 and older/all"]) == "1/1")
    }

    @Test(arguments: [("2026-10-13", "1/1"), ("2026-10-14", "0/1")])
    func `a discharge on day 42 is inside the window, on day 43 it is not`(day: String, expected: String) throws {
        let agency = try TestAgency()
        var files = CaseloadFiles()
        files.episode("A", ["discharged_on": day, "discharge_reason": "met treatment goals"])
        files.plan("A")
        try agency.take(files)
        let figures = try agency.figures()
        #expect(parts(figures["closed-in-window//all"]) == expected)
        #expect(parts(figures["closing-overrides//all"]) == "0/1")
    }

    @Test func `stays are long above 1, 5 and 45 days, each for its own type`() throws {
        let agency = try TestAgency()
        var files = CaseloadFiles()
        let phone = ["response_mode": "non-mobile (phone)", "arrived_at": "", "dispatched_at": "", "location": "phone"]
        func closed(_ day: String) -> [String: String] {
            ["discharged_on": day, "discharge_reason": "met treatment goals"]
        }
        files.episode("P1", phone.merging(closed("2026-09-02")) { $1 })
        files.episode("P2", phone.merging(closed("2026-09-03")) { $1 })
        files.episode("F5", closed("2026-09-06"))
        files.episode("F6", closed("2026-09-07"))
        files.episode("S45", closed("2026-10-16"))
        files.episode("S46", closed("2026-10-17"))
        files.visit("S45")
        files.visit("S46")
        try agency.take(files)
        let figures = try agency.figures()
        #expect(parts(figures["long-stay-phone-only//all"]) == "1/2")
        #expect(parts(figures["long-stay-face-to-face//all"]) == "1/2")
        #expect(parts(figures["long-stay-follow-up//all"]) == "1/2")
        #expect(figures["stay-follow-up/median/all"]?.tenths == 455)
        #expect(figures["stay-phone-only/90th percentile/all"]?.tenths == 20)
    }

    @Test func `a child with two episodes is one child, in each site and altogether`() throws {
        let agency = try TestAgency()
        var files = CaseloadFiles()
        files.episode("A", ["client_ref": "K"])
        files.episode("B", ["client_ref": "K", "last_name": "Child A", "site": "Danbury"])
        files.episode("C", ["sex": "male"])
        // The same child, by the name that the first row gave.
        try agency.take(files) { $0.createsMissing = true }
        let figures = try agency.figures(by: .site)
        #expect(parts(figures["episodes//all"]) == "3")
        #expect(parts(figures["children//all"]) == "2")
        #expect(parts(figures["children//Hartford"]) == "2")
        #expect(parts(figures["children//Danbury"]) == "1")
        #expect(parts(figures["sex/female/all"]) == "1/2")
        #expect(parts(figures["sex/male/all"]) == "1/2")
    }

    @Test func `nothing at all is no share, no median and no error`() throws {
        let figures = try TestAgency().figures(by: .month)
        #expect(parts(figures["episodes//all"]) == "0")
        #expect(figures["mobility//all"] == NaiveFigure(numerator: 0, denominator: 0, tenths: nil))
        #expect(figures["response-minutes/median/all"] == NaiveFigure(numerator: nil, denominator: 0, tenths: nil))
        #expect(figures.keys.filter { $0.hasPrefix("episodes//2") }.count == 12, "a month without a call is shown")
    }

    @Test func `the periods of a fiscal year`() throws {
        func days(_ period: ReportPeriod) -> String { "\(period.name) \(period.from) \(period.to)" }
        #expect(days(.fiscalYear(2022)) == "FY2022 2021-07-01 2022-06-30")
        #expect(days(.fiscalYear(2022).prior) == "FY2021 2020-07-01 2021-06-30")
        #expect(days(.quarter(1, ofFiscalYear: 2022)) == "2022Q1 2021-07-01 2021-09-30")
        #expect(days(.quarter(1, ofFiscalYear: 2022).prior) == "2021Q4 2021-04-01 2021-06-30")
        #expect(days(.quarter(3, ofFiscalYear: 2024)) == "2024Q3 2024-01-01 2024-03-31")
        #expect(days(.month(MonthNumber(year: 2024, month: 2))) == "2024-02 2024-02-01 2024-02-29")
        #expect(days(.month(MonthNumber(year: 2024, month: 1)).prior) == "2023-12 2023-12-01 2023-12-31")
        let from = try #require(CivilDate("2026-03-01"))
        let to = try #require(CivilDate("2026-03-10"))
        #expect(days(.dates(from: from, to: to).prior) == "2026-02-19/2026-02-28 2026-02-19 2026-02-28")
        #expect(ReportPeriod.fiscalYear(of: try #require(CivilDate("2022-06-30"))).name == "FY2022")
        #expect(ReportPeriod.fiscalYear(of: try #require(CivilDate("2022-07-01"))).name == "FY2023")
        #expect(ReportPeriod.fiscalYear(2022).quarters(8).map(\.name).first == "2021Q1")
        #expect(ReportPeriod.fiscalYear(2022).quarters(8).map(\.name).last == "2022Q4")
    }
}
