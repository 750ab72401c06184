import CivilTime
import CrisisCare
import SQLite
import Services
import Storage
import Testing

/// What import accepts that a person's entry would not: counted, and kept with the reason. Nothing else is relaxed.
struct ImportedHistoryTests {
    private let agency: TestAgency

    init() throws {
        agency = try TestAgency()
    }

    @Test func `a discharge that does not pass the closing gate is kept with the reason`() throws {
        var files = CaseloadFiles()
        let goals = ["discharged_on": "2026-09-20", "discharge_reason": "met treatment goals"]
        files.episode("No plan", goals)
        files.episode("Open referral", goals)
        files.plan("Open referral")
        files.referral("Open referral")
        let unable = ["discharged_on": "2026-09-20", "discharge_reason": "unable to reach"]
        files.episode("Two attempts", unable)
        files.plan("Two attempts")
        for day in ["05", "06"] {
            files.visit("Two attempts", ["at": "2026-09-\(day)T10:00:00-04:00", "result": "no answer"])
        }
        files.episode("Three attempts", unable)
        files.plan("Three attempts")
        for day in ["05", "06", "07"] {
            files.visit("Three attempts", ["at": "2026-09-\(day)T10:00:00-04:00", "result": "no answer"])
        }
        files.episode("Complete", goals)
        files.plan("Complete")
        let summary = try agency.take(files)
        #expect(summary.relaxations[.closingGate] == 3)
        let overrides = try agency.read { db in
            try db.all("SELECT source_ref, closing_override FROM episode") { (try $0.text(0), try $0.text(1)) }
        }
        let reasons = Dictionary(uniqueKeysWithValues: overrides)
        for ref in ["No plan", "Open referral", "Two attempts"] { #expect(reasons[ref] == ImportedHistory.reason) }
        for ref in ["Three attempts", "Complete"] { #expect(reasons[ref] == "") }
        #expect(try agency.errors() == [])
    }

    @Test func `a contact with the caregiver of a minor-consented episode is kept with the reason`() throws {
        var files = CaseloadFiles()
        files.episode("A", ["minor_consented": "yes"])
        files.episode("B")
        for with in ["youth", "caregiver", "both", "school", "other provider"] {
            files.visit("A", ["with": with])
            files.visit("B", ["with": with])
        }
        let summary = try agency.take(files)
        #expect(summary.relaxations[.caregiverContact] == 2)
        let reasons = try agency.read { db in
            try db.all(
                """
                SELECT e.source_ref, v.met_with, v.override_reason FROM visit AS v JOIN episode AS e ON e.id = v.episode
                """
            ) { [try $0.text(0), try $0.text(1), try $0.text(2)] }
        }
        for row in reasons {
            let isRelaxed = row[0] == "A" && (row[1] == "caregiver" || row[1] == "both")
            #expect(row[2] == (isRelaxed ? ImportedHistory.reason : ""), "\(row)")
        }
    }

    @Test func `a referral that starts later than identified is kept with the reason`() throws {
        var files = CaseloadFiles()
        files.episode("A")
        files.referral("A", 1, ["status": "identified"])
        files.referral("A", 2, ["status": "offered"])
        files.referral("A", 3)
        let summary = try agency.take(files)
        #expect(summary.relaxations[.referralStart] == 2)
        let reasons = try agency.read { db in
            try db.all("SELECT override_reason FROM referral ORDER BY referral_ref") { try $0.text(0) }
        }
        #expect(reasons == ["", ImportedHistory.reason, ImportedHistory.reason])
    }

    @Test func `what a refused row would have needed is not counted`() throws {
        var files = CaseloadFiles()
        files.episode("A", ["minor_consented": "yes"])
        files.visit("A", ["with": "caregiver", "at": "2026-10-14T10:00:00-04:00"])
        files.referral("A", 1, ["sent_at": "2026-08-01T10:00:00-04:00"])
        let discharge = ["discharged_on": "2026-08-20", "discharge_reason": "met treatment goals"]
        files.episode("B", discharge)
        let summary = try agency.take(files) { $0.skipsRejected = true }
        #expect(summary.count(.refused) == 3)
        #expect(summary.relaxations.isEmpty)
    }

    @Test func `near names with one birth date warn and are kept apart`() throws {
        var files = CaseloadFiles()
        files.episode("A", ["first_name": "Sofia", "last_name": "Rivera"])
        files.episode("B", ["first_name": "Sofía", "last_name": "Rivera"])
        files.episode("C", ["first_name": "Rivera", "last_name": "Sofia"])
        files.episode("D", ["first_name": "Sofia", "last_name": "Rivera", "birth_date": "2012-05-02"])
        files.episode("E", ["first_name": "Sonja", "last_name": "Rivera"])
        let summary = try agency.take(files)
        #expect(summary.count(.kept) == 5 && summary.newClients == 5)
        let pairs = Set(summary.possibleDuplicates.map { "\($0.new) \($0.known)" })
        #expect(pairs.contains("C-B C-A") && pairs.contains("C-C C-A"))
        #expect(!pairs.contains { $0.contains("C-D") || $0.contains("C-E") }, "\(pairs)")
        #expect(try agency.tableCounts()["client"] == 5)
    }

    @Test func `an import leaves an entry for itself, for each case and for each site and person that it makes`() throws
    {
        let before = try agency.auditEntries().count
        var files = CaseloadFiles()
        files.episode("A", ["discharged_on": "2026-10-19", "discharge_reason": "met treatment goals"])
        files.visit("A")
        files.plan("A")
        files.windowExtension("A")
        files.referral("A")
        files.episode("B")
        try agency.take(files)
        let added = Array(try agency.auditEntries().dropFirst(before))
        #expect(
            added.map(\.action) == [
                "import", "episode import", "episode import", "site add", "staff add", "staff add",
            ]
        )
        let cases = try agency.read { db in
            try ["A", "B"].map { try EpisodeStore.find(sourceRef: $0, in: db)?.id }
        }
        #expect(!cases.contains(nil) && added.map(\.episode) == [nil] + cases + [nil, nil, nil])
        #expect(try agency.auditBreak() == nil)
    }
}
