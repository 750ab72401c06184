import CSV
import CrisisCare
import Foundation
import Services
import Storage

/// The five files of a caseload, written by hand: rows that are right, of which a test changes the cells it is about.
///
/// The call of every case is on 1 September 2026 at 10:00, the arrival at 10:40, and day 42 is 13 October.
struct CaseloadFiles {
    private(set) var rows: [CaseloadFile: [[String]]] = [:]
    let clinician: String

    init(clinician: String = "casey") {
        self.clinician = clinician
    }

    /// - Returns: the line of the row in its file.
    @discardableResult
    mutating func episode(_ ref: String, _ changes: [String: String] = [:]) -> Int {
        add(
            .episodes,
            [
                "case_ref": ref, "client_ref": "C-" + ref, "first_name": "Test", "last_name": "Child " + ref,
                "birth_date": "2012-05-01", "sex": "female", "town": "Hartford", "language": "English",
                "caregiver_name": "Test Caregiver", "caregiver_phone": "860-555-0142",
                "program": "youth mobile crisis", "site": "Hartford", "clinician": clinician,
                "referral_source": "school", "presenting_problem": "anxiety", "response_mode": "mobile",
                "location": "home", "call_received_at": "2026-09-01T10:00:00-04:00",
                "transferred_at": "2026-09-01T10:03:00-04:00", "dispatched_at": "2026-09-01T10:10:00-04:00",
                "arrived_at": "2026-09-01T10:40:00-04:00", "minor_consented": "no", "part2": "no",
            ],
            changes
        )
    }

    @discardableResult
    mutating func visit(_ ref: String, _ changes: [String: String] = [:]) -> Int {
        add(
            .visits,
            [
                "case_ref": ref, "at": "2026-09-03T15:00:00-04:00", "mode": "in person", "result": "completed",
                "with": "youth", "minutes": "45", "clinician": clinician, "note": "calmer",
            ],
            changes
        )
    }

    @discardableResult
    mutating func plan(_ ref: String, _ changes: [String: String] = [:]) -> Int {
        add(
            .plans,
            [
                "case_ref": ref, "activated_at": "2026-09-04T15:00:00-04:00", "author": clinician,
                "reason": "first plan", "warning_signs": "pacing|stops talking", "coping": "music",
                "distraction": "porch", "helpers": "aunt 860-555-0142", "professionals": "988|2-1-1",
                "safe_environment": "medication locked",
                "lethal_means": "medication: asked, present, locked by caregiver", "youth_took_part": "yes",
                "caregiver_took_part": "yes", "copy_given": "yes", "review_on": "2026-09-18",
            ],
            changes
        )
    }

    @discardableResult
    mutating func windowExtension(_ ref: String, _ changes: [String: String] = [:]) -> Int {
        add(
            .extensions,
            [
                "case_ref": ref, "granted_at": "2026-10-10T10:00:00-04:00", "new_end": "2026-10-20",
                "approved_by": "sam", "reason": "awaiting intake",
            ],
            changes
        )
    }

    @discardableResult
    mutating func referral(_ ref: String, _ number: Int = 1, _ changes: [String: String] = [:]) -> Int {
        add(
            .referrals,
            [
                "case_ref": ref, "referral_ref": "\(ref)-R\(number)", "service_type": "outpatient",
                "agency": "Test Counseling", "sent_at": "2026-09-07T10:00:00-04:00", "status": "sent",
                "warm_handoff": "no",
            ],
            changes
        )
    }

    /// A row as it is, whatever its columns hold.
    private mutating func add(_ file: CaseloadFile, _ cells: [String: String], _ changes: [String: String]) -> Int {
        precondition(
            changes.keys.allSatisfy(file.columns.contains),
            "a test names a column that the file does not have"
        )
        rows[file, default: []].append(file.columns.map { changes[$0] ?? cells[$0] ?? "" })
        // The header is line 1. A cell with a line end would make this wrong; the tests that need lines have none.
        return (rows[file]?.count ?? 0) + 1
    }

    /// Takes rows away, by their lines.
    mutating func remove(_ lines: [CaseloadFile: Set<Int>]) {
        for (file, lines) in lines {
            let kept = (rows[file] ?? []).enumerated().filter { !lines.contains($0.offset + 2) }
            rows[file] = kept.map(\.element)
        }
    }

    /// Writes the files that have rows, each cell as it stands, without a guard.
    func write(to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (file, rows) in rows {
            var writer = CSVWriter(to: .memory, columns: file.columns)
            for row in rows {
                for cell in row { writer.code(cell) }
                try writer.endRecord()
            }
            try writer.finish()
            try Data(writer.takeBytes()).write(to: URL(fileURLWithPath: folder + "/" + file.name))
        }
    }
}

extension TestAgency {
    /// Brings in hand-written files, from a new folder inside this agency's own.
    @discardableResult
    func take(
        _ files: CaseloadFiles,
        _ configure: (inout ImportOptions) -> Void = { _ in },
        listener: ImportListener = ImportListener()
    ) throws -> ImportSummary {
        let source = folder + "/" + UUID().uuidString
        try files.write(to: source)
        var options = ImportOptions()
        options.createsMissing = true
        configure(&options)
        return try open().importCaseload(from: source, options, listener: listener)
    }

    /// Writes what `export` gives of the five files into a folder.
    func exportAll(to folder: String) throws -> [CaseloadFile: [UInt8]] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var result: [CaseloadFile: [UInt8]] = [:]
        for file in CaseloadFile.allCases {
            let bytes = try export(file)
            try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + file.name))
            result[file] = bytes
        }
        return result
    }
}
