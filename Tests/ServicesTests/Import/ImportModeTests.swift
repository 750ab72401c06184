import CSV
import CaseloadOracle
import CivilTime
import CrisisCare
import Foundation
import Reports
import SQLite
import Services
import Storage
import Testing

/// All or nothing, what is skipped on request, and what is never done twice.
struct ImportModeTests {
    private let caseload: ImportedCaseload
    private let agency: TestAgency

    init() throws {
        caseload = try ImportedCaseload.of(ImportedCaseload.smallInFlight)
        agency = try TestAgency()
    }

    @Test func `with rows skipped on request, what is kept and what is rejected are all the rows`() throws {
        for seed in 1...3 as ClosedRange<UInt64> {
            var damaged = try DamagedCaseload(caseload.folder, seed: seed)
            let agency = try TestAgency()
            let folder = agency.folder + "/damaged"
            try damaged.write(to: folder)
            let before = try agency.tableCounts()
            #expect(throws: ImportRefused.self) { try agency.importCaseload(folder) }
            #expect(try agency.tableCounts() == before)

            var rejected: [CaseloadFile: [Int: [String]]] = [:]
            var isFinished = false
            var progress: [Int] = []
            var words: [(done: Int, total: Int)] = []
            let listener = ImportListener(
                progress: { phase, done, total in
                    if phase == .applying { progress.append(done) }
                    if phase == .storingNames { words.append((done, total)) }
                },
                rejected: { row, refusal in
                    #expect(row.file == refusal.file && row.line == refusal.line && !isFinished)
                    #expect(rejected[row.file]?[row.line] == nil, "a row is rejected once")
                    rejected[row.file, default: [:]][row.line] = row.cells
                },
                finished: { isFinished = true }
            )
            var options = ImportOptions()
            options.createsMissing = true
            options.skipsRejected = true
            let summary = try agency.open().importCaseload(from: folder, options, listener: listener)
            #expect(isFinished)
            #expect(progress == progress.sorted() && progress.last == damaged.rows.values.reduce(0) { $0 + $1.count })
            let stored = try agency.tableCounts()["client_name_word"]
            #expect(words.last.map { $0.done == stored && $0.total == stored } ?? false, "seed \(seed)")
            for file in CaseloadFile.allCases {
                let rows = damaged.rows[file] ?? []
                let refused = rejected[file] ?? [:]
                #expect(summary.count(.kept, of: file) + refused.count == rows.count, "seed \(seed), \(file.name)")
                #expect(summary.count(.refused, of: file) == refused.count, "seed \(seed), \(file.name)")
                // Every rejected row stands in the file at the line that is named, cell by cell.
                for (line, cells) in refused {
                    let given = try #require(rows.first { $0.line == line })
                    #expect(cells == given.cells, "seed \(seed), \(file.name) line \(line)")
                }
                // And what was kept is what an export gives.
                var exported = 0
                try agency.open().exportCaseload(file, in: Period()) { _ in exported += 1 }
                #expect(exported == summary.count(.kept, of: file), "seed \(seed), \(file.name)")
            }
            for (file, line) in damaged.certain {
                #expect(rejected[file]?[line] != nil, "seed \(seed): \(file.name) line \(line) had to be refused")
            }
            #expect(try agency.errors() == [], "seed \(seed)")
        }
    }

    @Test func `the rows of every file may stand in any order`() throws {
        let agency = try TestAgency(copyOf: caseload.path, now: caseload.now)
        let first = try agency.exportAll(to: agency.folder + "/first")
        var damaged = try DamagedCaseload(caseload.folder, seed: 9, damages: 0)
        damaged.shuffle()
        let other = try TestAgency()
        try damaged.write(to: other.folder + "/shuffled")
        try other.importCaseload(other.folder + "/shuffled")
        let second = try other.exportAll(to: other.folder + "/second")
        for file in CaseloadFile.allCases {
            let isSame = first[file] == second[file]
            #expect(isSame, "seed 9: \(file.name)")
        }
    }

    @Test func `the same folder twice is refused, or skipped, and never doubled`() throws {
        let agency = try TestAgency(copyOf: caseload.path, now: caseload.now)
        let before = try agency.tableCounts()
        let all =
            before["episode", default: 0] + before["visit", default: 0] + before["safety_plan", default: 0]
            + before["referral", default: 0] + before["window_extension", default: 0]
        let refused = try #require(throws: ImportRefused.self) { try agency.importCaseload(caseload.folder) }
        #expect(refused.summary.count(.refused) == all && refused.summary.count(.kept) == 0)
        #expect(refused.summary.refusals.allSatisfy { $0.rule == .duplicateRef })
        #expect(refused.summary.refusals.count == 50, "some are shown, all are counted")
        #expect(!refused.summary.hasBadValues)
        let skipped = try agency.importCaseload(caseload.folder) { $0.skipsExisting = true }
        #expect(skipped.count(.skipped) == all && skipped.count(.kept) == 0 && skipped.count(.refused) == 0)
        #expect(try agency.tableCounts() == before)
    }

    @Test func `a case that was entered here is not doubled by its own number`() throws {
        let desk = try CrisisDesk()
        let number = try desk.open("One")
        let before = try desk.agency.tableCounts()
        var files = CaseloadFiles()
        let line = files.episode(number)
        let refused = try #require(throws: ImportRefused.self) { try desk.agency.take(files) }
        #expect(refused.summary.refusals.map(\.rule) == [.duplicateRef] && refused.summary.refusals[0].line == line)
        #expect(try desk.agency.tableCounts() == before)
    }

    @Test func `with existing cases skipped, the new ones are brought in`() throws {
        var files = CaseloadFiles()
        files.episode("A")
        files.visit("A")
        try agency.take(files)
        files.episode("B")
        files.visit("B")
        // A row that came later to a case that is there is skipped with it: an import never edits.
        files.visit("A", ["at": "2026-09-05T15:00:00-04:00"])
        let summary = try agency.take(files) { $0.skipsExisting = true }
        #expect(summary.count(.kept) == 2 && summary.count(.skipped) == 3)
        #expect(try agency.tableCounts()["visit"] == 2)
    }

    @Test func `a dry run says what would be and keeps nothing but its audit entry`() throws {
        let before = try agency.tableCounts()
        let entries = try agency.auditEntries().count
        let summary = try agency.importCaseload(caseload.folder) { $0.isDryRun = true }
        #expect(summary.count(.kept, of: .episodes) == caseload.refs.count && summary.newSites.count == 14)
        #expect(try agency.tableCounts() == before)
        let added = try agency.auditEntries().dropFirst(entries)
        #expect(added.map(\.action) == ["import"] && added.map(\.outcome) == ["dry run"])
        // It is a rehearsal: the real one finds nothing in its way.
        #expect(try agency.importCaseload(caseload.folder).count(.kept) == summary.count(.kept))
        #expect(try agency.errors() == [])
    }

    @Test func `only an import that keeps what it brings says that it saves, and says so last`() throws {
        func phases(skippingRejected: Bool = false, isDryRun: Bool = false) throws -> [ImportListener.Phase] {
            var damaged = try DamagedCaseload(caseload.folder, seed: 1)
            let agency = try TestAgency()
            let folder = agency.folder + "/damaged"
            try damaged.write(to: folder)
            var phases: [ImportListener.Phase] = []
            let listener = ImportListener(progress: { phase, _, _ in if phase != phases.last { phases.append(phase) } })
            var options = ImportOptions()
            options.createsMissing = true
            options.skipsRejected = skippingRejected
            options.isDryRun = isDryRun
            do {
                _ = try agency.open().importCaseload(from: folder, options, listener: listener)
                #expect(skippingRejected)
            } catch is ImportRefused {
                #expect(!skippingRejected)
            }
            return phases
        }
        #expect(try phases(skippingRejected: true).suffix(2) == [.storingNames, .saving])
        #expect(try phases().last == .storingNames)
        #expect(try phases(skippingRejected: true, isDryRun: true).last == .storingNames)
    }

    @Test func `a dry run finds what the import would refuse`() throws {
        var files = CaseloadFiles()
        files.episode("A")
        files.visit("A", ["at": "2026-10-14T10:00:00-04:00"])
        let refused = try #require(throws: ImportRefused.self) { try agency.take(files) { $0.isDryRun = true } }
        #expect(refused.summary.refusals.map(\.rule) == [.windowClosed])
        #expect(try agency.auditEntries().last?.outcome == "failed")
    }

    @Test func `a folder that is not there, or that holds no file, is said so`() throws {
        try FileManager.default.createDirectory(atPath: agency.folder + "/empty", withIntermediateDirectories: true)
        for folder in ["/nowhere", "/empty", "/followup.db"] {
            let error = try #require(throws: ServiceError.self) { try agency.importCaseload(agency.folder + folder) }
            guard case .notFound = error else {
                Issue.record("\(error)")
                continue
            }
        }
    }

    @Test func `a file that is no CSV ends the import with its place and keeps nothing`() throws {
        let before = try agency.tableCounts()
        for text in ["case_ref,at\r\nA,2026", "", "case_ref,at,mode,result,with,minutes,clinician,note\r\nA,\"2026"] {
            var files = CaseloadFiles()
            files.episode("A")
            let folder = agency.folder + "/broken"
            try files.write(to: folder)
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/visits.csv"))
            let error = try #require(throws: CSVError.self) { try agency.importCaseload(folder) }
            #expect(error.file == "visits.csv")
            #expect(try agency.tableCounts() == before)
        }
    }
}
