import CSV
import CivilTime
import CrisisCare
import Reports
import SQLite
import Services
import Storage
import Testing

/// `export summary` from what is stored of settled cases, by one reader and by two, is what their histories give.
struct SummaryRecordsTests {
    private static let caseloads = [
        ImportedCaseload.year, ImportedCaseload.messy, ImportedCaseload.inFlight, ImportedCaseload.smallInFlight,
    ]

    @Test(arguments: caseloads)
    func `stored and computed, by one reader or two, the summary has the same bytes`(arguments: [String]) throws {
        let caseload = try ImportedCaseload.of(arguments)
        let stored = try TestAgency(copyOf: caseload.path, now: caseload.now)
        try Self.correct(stored, seed: 5)
        let computed = try TestAgency(copyOf: stored.path, now: caseload.now)
        defer { withExtendedLifetime((stored, computed)) {} }
        try Self.erase(computed)
        var instants: [Instant?] = [nil]
        if let calls = try Self.calls(in: stored) {
            let days = calls.last.seconds(since: calls.first) / 86_400
            for third in [1, 2, 3] as [Int64] {
                instants.append(calls.first.adding(seconds: days * third / 3 * 86_400))
            }
            instants.append(calls.first.adding(seconds: -1))
        }
        for login in ["admin", "limited"] {
            for asOf in instants {
                let expected = try Self.rows(computed, login, asOf)
                let what = "\(login), as of \(asOf?.seconds ?? 0)"
                #expect(try Self.rows(stored, login, asOf) == expected, "rows, \(what)")
                // Shares of a few episodes, of a common number, and one.
                for (readers, length) in [(1, 4_096), (2, 3), (2, 100), (2, 4_096)] {
                    let bytes = try Self.records(stored, login, asOf, readers: readers, shareLength: length)
                    #expect(bytes == expected, "\(readers) readers, shares of \(length), \(what)")
                }
                let anonymous = try Self.deidentified(computed, login, asOf)
                #expect(try Self.deidentified(stored, login, asOf) == anonymous, "de-identified, \(what)")
            }
        }
    }

    @Test func `two readers hand on every row once, of calls of one instant too, and stop when nobody takes more`()
        throws
    {
        let caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        let agency = try TestAgency(copyOf: caseload.path, now: caseload.now)
        defer { withExtendedLifetime(agency) {} }
        try Self.write(agency) { db in
            // A third of the calls came at the same second.
            _ = try db.execute(
                """
                UPDATE episode SET call_received_at = (SELECT min(call_received_at) FROM episode), results = NULL
                WHERE id % 3 = 0 AND transferred_at IS NULL
                """
            )
        }
        let expected = try Self.rows(agency, "admin", nil)
        #expect(try Self.records(agency, "admin", nil, readers: 2, shareLength: 10) == expected)
        for most in [0, 1, 20] {
            var pieces = 0
            #expect(throws: Enough.self) {
                let session = try agency.open()
                try session.exportSummaryRecords(in: Period(), asOf: nil, readers: 2, shareLength: 5) { _ in
                    pieces += 1
                    if pieces > most { throw Enough() }
                }
            }
            #expect(pieces == most + 1)
        }
    }

    @Test func `what the second reader cannot read is an error of the whole`() throws {
        let caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        let agency = try TestAgency(copyOf: caseload.path, now: caseload.now)
        defer { withExtendedLifetime(agency) {} }
        // Every result is cut short: whichever reader takes a share meets it.
        try Self.write(agency) { db in _ = try db.execute("UPDATE episode SET results = substr(results, 1, 4)") }
        #expect(throws: DamagedResults.self) {
            try Self.records(agency, "admin", nil, readers: 2, shareLength: 20)
        }
    }

    private struct Enough: Error {}

    /// Voids, reopens and merges at random, so that stored outlines have been written by more than an import.
    private static func correct(_ agency: TestAgency, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var records: [EpisodeRecord] = []
        var clients: [String] = []
        var site = ""
        try read(agency) { db in
            try EpisodeStore.forEach(calledFrom: .distantPast, before: .distantFuture, at: .all, in: db) {
                records.append($0)
            }
            for record in records.prefix(200) {
                if let client = try ClientStore.find(record.client, in: db) { clients.append(client.clientRef) }
            }
            site = try SiteStore.all(in: db).first?.name ?? ""
        }
        let session = try agency.open()
        try session.addStaff(
            login: "limited",
            name: "",
            grants: [NamedGrant(role: .supervisor, site: site), NamedGrant(role: .analyst, site: site)]
        )
        var changes = 0
        for _ in 0..<12 {
            let voided = generator.one(of: records).caseNumber.description
            if (try? session.voidEpisode(voided, reason: "twice")) != nil { changes += 1 }
            let reopened = generator.one(of: records).caseNumber.description
            if (try? session.reopenEpisode(reopened, reason: "too early")) != nil { changes += 1 }
            let (kept, duplicate) = (generator.one(of: clients), generator.one(of: clients))
            if (try? session.mergeClients(keeping: kept, duplicate: duplicate, reason: "one child")) != nil {
                changes += 1
            }
        }
        #expect(changes > 10)
        let errors = try Inspection.run(agency.open()).filter { $0.severity == .error }
        #expect(errors.isEmpty)
    }

    private static func calls(in agency: TestAgency) throws -> (first: Instant, last: Instant)? {
        var found: (first: Instant, last: Instant)?
        try read(agency) { db in
            try EpisodeStore.forEach(calledFrom: .distantPast, before: .distantFuture, at: .all, in: db) {
                found = (found?.first ?? $0.callReceivedAt, $0.callReceivedAt)
            }
        }
        return found
    }

    private static func erase(_ agency: TestAgency) throws {
        try write(agency) { db in
            let erased = try db.execute("UPDATE episode SET results = NULL WHERE results IS NOT NULL")
            #expect(erased > 0)
        }
    }

    private static func read(_ agency: TestAgency, _ body: (borrowing Access<SQLite.Reading>) throws -> Void) throws {
        let connection = try Database.open(agency.path, .readOnly, now: agency.now.seconds, programVersion: "test")
        try connection.read(body)
    }

    private static func write(_ agency: TestAgency, _ body: (borrowing Access<Writing>) throws -> Void) throws {
        let connection = try Database.open(agency.path, .readWrite, now: agency.now.seconds, programVersion: "test")
        try connection.write(body)
    }

    /// The file without its header, by way of cells.
    private static func rows(_ agency: TestAgency, _ login: String, _ asOf: Instant?) throws -> String {
        var rows: [[Cell]] = []
        try agency.open(as: login).exportSummary(in: Period(), asOf: asOf) { rows.append($0) }
        let columns = EpisodeSummary.columns.map(\.key)
        let header = columns.joined(separator: ",") + "\r\n"
        let file = try csvBytes(columns, rows, zone: agency.zone)
        return String(decoding: file.dropFirst(header.utf8.count), as: UTF8.self)
    }

    private static func records(
        _ agency: TestAgency,
        _ login: String,
        _ asOf: Instant?,
        readers: Int,
        shareLength: Int
    ) throws -> String {
        var bytes: [UInt8] = []
        var rows = 0
        let session = try agency.open(as: login)
        try session.exportSummaryRecords(in: Period(), asOf: asOf, readers: readers, shareLength: shareLength) {
            bytes += $0.written.array
            rows += $0.rows
        }
        let text = String(decoding: bytes, as: UTF8.self)
        // No cell of a summary has a line end in it.
        #expect(text.utf8.count { $0 == UInt8(ascii: "\n") } == rows)
        return text
    }

    private static func deidentified(_ agency: TestAgency, _ login: String, _ asOf: Instant?) throws -> [[Cell]] {
        var rows: [[Cell]] = []
        try agency.open(as: login).exportDeidentified(.summary, in: Period(), asOf: asOf) { rows.append($0) }
        return rows
    }
}
