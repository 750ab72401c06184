import Foundation
import Testing

@testable import CaseloadOracle

/// A spreadsheet with mistakes in it: nothing of it is kept, or all but the mistakes, which come back to be mended.
struct RejectsTests {
    /// A caseload in which one row after the other was made wrong, each in its own way.
    private struct Damage {
        var files: EditableFiles
        let original: EditableFiles
        /// The rule that each damaged row breaks, and the row as it was, by file and damaged row.
        var broken: [(file: String, row: [String], rule: String, was: [String])] = []
        private var used: Set<String> = []

        init() throws {
            original = try EditableFiles(SmallCaseload.folder())
            files = original
        }

        /// Changes a row of a case that has no other damage.
        mutating func damage(
            _ file: String,
            where passes: ([String: String]) -> Bool = { _ in true },
            _ changes: [String: String],
            rule: String
        ) throws {
            let table = files[file]
            let reference = try table.index("case_ref")
            let found = table.first { !used.contains($0["case_ref", default: ""]) && passes($0) }
            let row = try #require(found, "no row of \(file) can be damaged for \(rule)")
            let was = table.rows[row]
            used.insert(was[reference])
            for (column, cell) in changes { try files[file].set(row, column, cell) }
            broken.append((file, files[file].rows[row], rule, was))
        }
    }

    /// Mistakes that a rule of the practice refuses.
    private static func ruleBreakers() throws -> Damage {
        var damage = try Damage()
        let extended = Set(damage.original["extensions"].rows.map { $0[0] })
        let visited = Set(damage.original["visits"].rows.map { $0[0] })
        let episodes = damage.original["episodes"]
        let open = try #require(
            episodes.first { cells in
                let reference = cells["case_ref", default: ""]
                return cells["arrived_at"] != "" && cells["discharged_on"] == "" && visited.contains(reference)
                    && !extended.contains(reference)
            }
        )
        let reference = try episodes.cell(open, "case_ref")
        let arrivalDay = try #require(NaiveParsing.day(String(try episodes.cell(open, "arrived_at").prefix(10))))
        try damage.damage(
            "visits",
            where: { $0["case_ref"] == reference },
            ["at": NaiveDay.text(arrivalDay + 43) + "T10:00:00-05:00", "note": "=SUM(\"a\",\"b\")\r\nsecond line"],
            rule: "window-closed"
        )
        try damage.damage("visits", ["at": "2020-01-01T10:00:00-05:00"], rule: "before-episode")
        try damage.damage("visits", ["at": "2999-01-01T10:00:00-05:00"], rule: "in-the-future")
        try damage.damage("extensions", ["new_end": "2025-03-01"], rule: "extension-too-long")
        try damage.damage("plans", ["helpers": "aunt, who has no telephone"], rule: "plan-incomplete")
        try damage.damage("visits", ["case_ref": "L-of-nobody"], rule: "unknown-case")
        try damage.damage(
            "episodes",
            where: { !$0["arrived_at", default: ""].isEmpty && visited.contains($0["case_ref", default: ""]) },
            ["arrived_at": "2020-01-01T10:00:00-05:00"],
            rule: "before-arrival"
        )
        return damage
    }

    /// Mistakes in the cells themselves.
    private static func badCells() throws -> Damage {
        var damage = try Damage()
        try damage.damage("visits", ["result": "complete"], rule: "bad-value")
        try damage.damage("visits", ["at": "last Tuesday"], rule: "bad-value")
        try damage.damage("referrals", ["service_type": "outpatiant"], rule: "bad-value")
        try damage.damage("episodes", ["presenting_problem": "anxeity"], rule: "bad-value")
        try damage.damage("episodes", ["town": "Hartfrod"], rule: "bad-value")
        return damage
    }

    @Test func `without a wish otherwise nothing is kept, and the status says what kind of mistake it was`() throws {
        for (damage, status) in [(try Self.ruleBreakers(), Int32(1)), (try Self.badCells(), 65)] {
            let agency = try TestAgency.sealed()
            let before = try agency.recordCounts()
            let folder = agency.home + "/files"
            try damage.files.write(to: folder)
            for dryRun in [[], ["--dry-run"]] {
                let result = try agency.run(["import", folder, "--create-missing"] + dryRun, as: "amy")
                #expect(result.status == status, "\(result.stderr)")
                #expect(result.stdout.isEmpty)
                #expect(try agency.recordCounts() == before)
                for broken in damage.broken {
                    #expect(result.stderr.contains("refused [\(broken.rule)]"), "\(broken.rule): \(result.stderr)")
                }
            }
            try agency.expectSound()
        }
    }

    @Test func `an unknown code names near ones, and never shows what stood in the cell`() throws {
        let damage = try Self.badCells()
        let agency = try TestAgency()
        let folder = agency.home + "/files"
        try damage.files.write(to: folder)
        let result = try agency.run(["import", folder, "--create-missing"], as: "amy")
        for near in ["completed", "outpatient", "anxiety", "Hartford"] {
            #expect(result.stderr.contains("\"\(near)\""), "\(result.stderr)")
        }
        for cell in ["complete\"", "outpatiant", "anxeity", "Hartfrod", "last Tuesday"] {
            #expect(!result.stderr.contains(cell), "\(cell)")
        }
    }

    @Test func `rejected and kept rows together are all rows, and mended ones can be imported`() throws {
        for damage in [try Self.ruleBreakers(), try Self.badCells()] {
            let agency = try TestAgency.sealed()
            let (folder, rejects) = (agency.home + "/files", agency.home + "/rejects")
            try damage.files.write(to: folder)
            let words = ["import", folder, "--create-missing", "--skip-rejected", "--rejects", rejects]
            let result = try agency.run(words + ["--format", "json"], as: "amy")
            #expect(result.status == 0, "\(result.stderr)")
            let refused = try EditableFiles(rejects)
            #expect(refused.rowCount >= damage.broken.count)
            #expect(try Self.kept(result) + refused.rowCount == damage.files.rowCount)
            try Self.expectReasons(refused, damage)
            try agency.expectSound()

            // A case whose episode was refused is wholly among the rejects, and comes in once it is mended.
            let lost = Set(damage.broken.filter { $0.file == "episodes" }.map { $0.row[0] })
            try #require(!lost.isEmpty)
            let mended = try Self.mended(refused, damage)
            let again = agency.home + "/mended"
            try Self.only(lost, of: mended).write(to: again)
            let second = try agency.run(["import", again, "--create-missing"], as: "amy")
            #expect(second.status == 0, "\(second.stderr)")
            try agency.expectSound()
            try Self.expectAll(but: damage, lost, in: agency)

            // A row of a case that was kept is not taken a second time, in no way.
            let rest = Self.only(
                Set(mended.tables.values.flatMap { $0.rows.map { $0[0] } }).subtracting(lost),
                of: mended
            )
            if rest.rowCount > 0 {
                let before = try agency.recordCounts()
                try rest.write(to: agency.home + "/rest")
                let third = try agency.run(["import", agency.home + "/rest", "--create-missing"], as: "amy")
                #expect(third.status == 1, "\(third.stderr)")
                #expect(third.stderr.contains("duplicate-ref"))
                #expect(try agency.recordCounts() == before)
            }
        }
    }

    @Test func `the file of rejects is its owner's alone, and a dry run writes the same one`() throws {
        let damage = try Self.ruleBreakers()
        let agency = try TestAgency.sealed()
        let folder = agency.home + "/files"
        try damage.files.write(to: folder)
        var written: [[String: [String]]] = []
        for (name, wish) in [("dry", "--dry-run"), ("real", "--quiet")] {
            let rejects = "\(agency.home)/\(name)"
            let words = ["import", folder, "--create-missing", "--skip-rejected", "--rejects", rejects, wish]
            #expect(try agency.run(words, as: "amy").status == 0)
            for file in try FileManager.default.contentsOfDirectory(atPath: rejects) {
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(rejects)/\(file)")
                #expect(attributes[.posixPermissions] as? Int == 0o600)
            }
            written.append(try EditableFiles(rejects).sortedRows)
        }
        #expect(written[0] == written[1])
    }

    private static func kept(_ result: CommandLineTool.Result) throws -> Int {
        let files = try #require(result.object?["files"] as? [[String: Any]])
        return files.compactMap { $0["kept"] as? Int }.reduce(0, +)
    }

    /// Every rejected row has its line and its rule in front, and its cells as they were.
    private static func expectReasons(_ refused: EditableFiles, _ damage: Damage) throws {
        for (name, table) in refused.tables {
            #expect(table.columns == ["line", "rule", "reason"] + damage.files[name].columns, "\(name)")
            for row in table.rows {
                let line = try #require(Int(row[0]))
                #expect(line >= 2)
                let cells = row.dropFirst(3).map(NaiveGuard.removed)
                #expect(
                    damage.files[name].rows.contains { $0.map(NaiveGuard.removed) == cells },
                    "\(name) line \(line)"
                )
            }
        }
        for broken in damage.broken {
            let rows = refused[broken.file].rows.filter {
                $0.dropFirst(3).map(NaiveGuard.removed) == broken.row.map(NaiveGuard.removed)
            }
            #expect(rows.map { $0[1] } == [broken.rule], "\(broken.rule)")
        }
    }

    /// The rejects without their three columns, the damaged cells as they were.
    private static func mended(_ refused: EditableFiles, _ damage: Damage) throws -> EditableFiles {
        var files = refused
        for (name, table) in refused.tables {
            let rows = table.rows.map { row -> [String] in
                let cells = Array(row.dropFirst(3))
                let bare = cells.map(NaiveGuard.removed)
                let broken = damage.broken.first { $0.file == name && $0.row.map(NaiveGuard.removed) == bare }
                return broken?.was ?? cells
            }
            files[name] = EditableFiles.Table(columns: Array(table.columns.dropFirst(3)), rows: rows)
        }
        return files
    }

    private static func only(_ references: Set<String>, of files: EditableFiles) -> EditableFiles {
        var files = files
        for name in files.tables.keys { files[name].rows.removeAll { !references.contains($0[0]) } }
        return files
    }

    /// The database holds every row but the damaged ones of cases that were kept.
    private static func expectAll(but damage: Damage, _ lost: Set<String>, in agency: TestAgency) throws {
        for name in EditableFiles.names {
            let result = try agency.run(["export", name], as: "amy")
            let rows = try NaiveTable(file: name, text: result.stdout).rows.count
            let missing = damage.broken.count { $0.file == name && !lost.contains($0.row[0]) }
            #expect(rows == damage.original[name].rows.count - missing, "\(name)")
        }
    }
}
