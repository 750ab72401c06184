import CivilTime
import CrisisCare
import Foundation
import SQLite
import Services
import Storage
import Testing

/// A case that is brought in leaves one entry of the audit, which counts what was kept with it.
struct ImportAuditTests {
    private let agency: TestAgency

    init() throws { agency = try TestAgency() }

    @Test func `the entry of a case says what came with it, without refused rows and what there was none of`() throws {
        var files = CaseloadFiles()
        files.episode("A", ["discharged_on": "2026-10-19", "discharge_reason": "met treatment goals"])
        files.visit("A")
        files.visit("A", ["at": "2026-09-05T15:00:00-04:00"])
        files.visit("A", ["at": "2026-10-21T15:00:00-04:00"])
        files.plan("A")
        files.plan("A", ["lethal_means": ""])
        files.windowExtension("A")
        files.windowExtension("A", ["approved_by": ""])
        files.referral("A")
        files.referral("A")
        files.episode("B")
        files.episode("C", ["response_mode": "by bus"])
        files.visit("C")
        let summary = try agency.take(files) { $0.skipsRejected = true }
        #expect(summary.count(.refused) == 6 && summary.count(.kept) == 7)
        let entries = try agency.auditEntries().filter { $0.action.hasPrefix("episode ") }
        #expect(entries.map(\.action) == ["episode import", "episode import"])
        #expect(
            entries.map(\.detail) == [
                """
                {"visits":[null,2],"plans":[null,1],"extensions":[null,1],"referrals":[null,1],\
                "discharged_on":[null,"2026-10-19"]}
                """, "",
            ]
        )
        #expect(entries.allSatisfy { $0.record == nil && $0.outcome == "done" && $0.login == "admin" })
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `the entry of each odd case counts what was stored with it, and is its only one`(seed: UInt64) throws {
        let folder = agency.folder + "/files"
        try RandomFiles(cases: 40, seed: seed, zone: agency.zone, now: agency.now).files.write(to: folder)
        try expectCounted(folder, "seed \(seed)")
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `the entry of each case of a damaged caseload counts what was stored with it, and is its only one`(
        seed: UInt64
    ) throws {
        var damaged = try DamagedCaseload(ImportedCaseload.of(ImportedCaseload.smallInFlight).folder, seed: seed)
        let folder = agency.folder + "/files"
        try damaged.write(to: folder)
        try expectCounted(folder, "seed \(seed)")
    }

    /// Imports what can be kept of a folder and compares the entries with the records.
    private func expectCounted(_ folder: String, _ note: Comment) throws {
        var options = ImportOptions()
        options.createsMissing = true
        options.skipsRejected = true
        options.skipsExisting = true
        let summary = try importing(folder, options)
        #expect(summary.count(.refused) > 10, note)
        try logLater(note)
        // What is there already is passed over, and leaves no entry.
        #expect(try importing(folder, options).count(.kept) == 0, note)
        let before = agency.now.adding(seconds: 3600)
        let (entries, command) = try agency.read { db in
            var entries: [EpisodeID: [AuditEntry]] = [:]
            var command: Int64?
            try AuditStore.forEach(in: db) { stored in
                let entry = stored.entry
                if entry.action == "import", entry.outcome == "begun", command == nil { command = stored.sequence }
                if let episode = entry.episode, entry.at < before { entries[episode, default: []].append(entry) }
            }
            return (entries, command)
        }
        try #require(command != nil)
        var counted: [String: Int] = [:]
        for record in try episodes() {
            let ofCase = entries[record.id] ?? []
            #expect(ofCase.map { "\($0.action): \($0.outcome)" } == ["episode import: done"], note)
            #expect(ofCase.first?.command == command, note)
            let rows = try rows(of: record).filter { $0.count > 0 }
            for (kind, count) in rows { counted[kind, default: 0] += count }
            let came = rows.map { "\"\($0.kind)\":[null,\($0.count)]" }
            let left = record.discharge.map { "\"discharged_on\":[null,\"\($0.on)\"]" }
            let words = came + [left].compactMap(\.self)
            #expect(ofCase.first?.detail == (words.isEmpty ? "" : "{\(words.joined(separator: ","))}"), note)
        }
        #expect(entries.count == summary.count(.kept, of: .episodes), note)
        // The records are those that the import said it kept.
        let kinds: [(String, CaseloadFile)] = [
            ("visits", .visits), ("plans", .plans), ("extensions", .extensions), ("referrals", .referrals),
        ]
        for (kind, file) in kinds { #expect(counted[kind, default: 0] == summary.count(.kept, of: file), note) }
        #expect(try agency.auditBreak() == nil, note)
    }

    private func importing(_ folder: String, _ options: ImportOptions) throws -> ImportSummary {
        let identity = Identity(osUser: "tester", namedLogin: "admin")
        let command = CommandContext(action: "import")
        return try Session.open(agency.path, as: identity, now: agency.now, for: command)
            .importCaseload(from: folder, options)
    }

    /// A visit to every case that takes one, two hours after the import, so that more is on record than came.
    private func logLater(_ note: Comment) throws {
        let later = agency.now.adding(seconds: 2 * 3600)
        var logged = 0
        for record in try episodes() where record.discharge == nil {
            let visit = NewVisit(at: later, mode: .phone, result: .completed, with: .youth)
            let session = try agency.open(at: later)
            if (try? session.logVisit(record.caseNumber.description, visit)) != nil { logged += 1 }
        }
        #expect(logged > 5, note)
    }

    private func episodes() throws -> [EpisodeRecord] {
        try agency.read { db in
            var records: [EpisodeRecord] = []
            try EpisodeStore.forEach(calledFrom: .distantPast, before: .distantFuture, at: .all, in: db) {
                records.append($0)
            }
            return records
        }
    }

    /// How many records of each kind the case has that were made with it.
    private func rows(of record: EpisodeRecord) throws -> [(kind: String, count: Int)] {
        let (id, at) = (record.id, record.recordedAt)
        return try agency.read { db in
            try db.all(
                """
                SELECT 'visits', count(*) FROM visit WHERE episode = \(id) AND recorded_at = \(at)
                UNION ALL
                SELECT 'plans', count(*) FROM safety_plan WHERE episode = \(id) AND recorded_at = \(at)
                UNION ALL
                SELECT 'extensions', count(*) FROM window_extension WHERE episode = \(id) AND recorded_at = \(at)
                UNION ALL
                SELECT 'referrals', count(*) FROM referral WHERE episode = \(id) AND recorded_at = \(at)
                """
            ) { (try $0.text(0), try $0.int(1)) }
        }
    }
}
