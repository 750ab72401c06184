import Foundation
import Testing

/// What keeps an import from beginning, or from being done twice.
struct ImportRefusalTests {
    private func files(_ agency: TestAgency) throws -> String {
        let folder = agency.home + "/files"
        try EditableFiles(SmallCaseload.tiny()).write(to: folder)
        return folder
    }

    private func rewrite(_ path: String, _ change: (String) -> String) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try #require(change(text) != text)
        try change(text).write(toFile: path, atomically: false, encoding: .utf8)
    }

    @Test func `unknown sites and logins are listed, all of them at once`() throws {
        let agency = try TestAgency()
        let folder = try SmallCaseload.folder()
        let result = try agency.run(["import", folder], as: "amy")
        #expect(result.status == 65, "\(result.stderr)")
        #expect(result.stderr.contains("--create-missing"))
        let files = try EditableFiles(folder)
        let episodes = files["episodes"]
        let sites = Set(try episodes.rows.indices.map { try episodes.cell($0, "site") })
        let extensions = files["extensions"]
        let logins = Set(try episodes.rows.indices.map { try episodes.cell($0, "clinician") })
            .union(try extensions.rows.indices.map { try extensions.cell($0, "approved_by") })
        let lines = result.stderr.split(separator: "\n")
        for (title, names) in [
            ("unknown sites: ", sites.subtracting(["Hartford", "Torrington"])), ("unknown logins: ", logins),
        ] {
            let line = try #require(lines.first { $0.contains(title) })
            let listed = line.split(separator: title).last?.split(separator: ", ").map(String.init) ?? []
            #expect(Set(listed) == names)
            #expect(listed.count == names.count)
        }
    }

    @Test func `a second import is refused, and with a wish to skip what is there does nothing`() throws {
        let agency = try TestAgency.sealed()
        let folder = try SmallCaseload.tiny()
        #expect(try agency.run(["import", folder, "--create-missing"], as: "amy").status == 0)
        let before = try agency.recordCounts()
        let second = try agency.run(["import", folder], as: "amy")
        #expect(second.status == 1)
        #expect(
            second.stderr.contains("duplicate-ref") && second.stderr.contains("--skip-existing"),
            "\(second.stderr)"
        )
        #expect(try agency.recordCounts() == before)
        let third = try agency.run(["import", folder, "--skip-existing", "--format", "json"], as: "amy")
        #expect(third.status == 0, "\(third.stderr)")
        let files = try #require(third.object?["files"] as? [[String: Any]])
        let rows = try EditableFiles(folder).rowCount
        #expect(files.compactMap { $0["skipped"] as? Int }.reduce(0, +) == rows)
        #expect(files.compactMap { $0["kept"] as? Int }.reduce(0, +) == 0)
        #expect(try agency.recordCounts() == before)
        try agency.expectSound()
    }

    @Test func `a caseload that grew brings in what is new, and leaves alone what is there`() throws {
        let agency = try TestAgency.sealed()
        let all = try EditableFiles(SmallCaseload.tiny())
        var half = all
        let early = Set(all["episodes"].rows.prefix(6).map { $0[0] })
        for name in EditableFiles.names { half[name].rows.removeAll { !early.contains($0[0]) } }
        let (first, second) = (agency.home + "/first", agency.home + "/second")
        try half.write(to: first)
        try all.write(to: second)
        #expect(try agency.run(["import", first, "--create-missing"], as: "amy").status == 0)
        #expect(try agency.recordCounts()["episode"] == 6)
        let words = ["import", second, "--create-missing", "--skip-existing"]
        #expect(try agency.run(words, as: "amy").status == 0)
        let counts = try agency.recordCounts()
        #expect(counts["episode"] == all["episodes"].rows.count)
        #expect(counts["visit"] == all["visits"].rows.count)
        #expect(counts["referral"] == all["referrals"].rows.count)
        try agency.expectSound()
    }

    @Test func `a folder that is not there, or is empty, or is a file, is not found`() throws {
        let agency = try TestAgency()
        let before = try agency.recordCounts()
        let empty = agency.home + "/empty"
        try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: false)
        for folder in ["/nonexistent/folder", empty, agency.database] {
            let result = try agency.run(["import", folder], as: "amy")
            #expect(result.status == 66, "\(folder): \(result.stderr)")
            #expect(result.stderr.contains("episodes.csv"), "\(result.stderr)")
        }
        #expect(try agency.recordCounts() == before)
    }

    @Test func `a wrong header is refused with its file, its line and the name of what is wrong`() throws {
        for (from, to, words) in [
            (",\"mode\",", ",\"modes\",", "visits.csv line 1 column 17"),
            (",\"mode\",", ",\"at\",", "names the column at twice"),
            (",\"minutes\"", "", "visits.csv line 1"),
            ("\"case_ref\",", "\"case_ref\",\"extra\",", "visits.csv line 1 column 12"),
        ] {
            let agency = try TestAgency()
            let folder = try files(agency)
            let before = try agency.recordCounts()
            try rewrite(folder + "/visits.csv") { text in
                let end = text.firstIndex(of: "\r\n") ?? text.endIndex
                return text[..<end].replacingOccurrences(of: from, with: to) + text[end...]
            }
            let result = try agency.run(["import", folder, "--create-missing"], as: "amy")
            #expect(result.status == 65, "\(result.stderr)")
            #expect(result.stderr.contains(words), "\(result.stderr)")
            #expect(try agency.recordCounts() == before)
        }
    }

    @Test func `a file that is no sound CSV is refused with its file and line`() throws {
        let changes: [(String, (String) -> String, String)] = [
            ("episodes", { $0 + "\"L9\",\"C9\"\r\n" }, "this row has 2 cells"),
            ("visits", { $0 + "\"never closed\r\n" }, "never closed"),
            ("plans", { $0 + "\"a\"b\r\n" }, "closing quote|closes this cell"),
            ("referrals", { $0 + "a\0b\r\n" }, "NUL byte"),
            ("visits", { _ in "" }, "the file is empty"),
        ]
        for (name, change, words) in changes {
            let agency = try TestAgency()
            let folder = try files(agency)
            let before = try agency.recordCounts()
            try rewrite("\(folder)/\(name).csv", change)
            let result = try agency.run(["import", folder, "--create-missing"], as: "amy")
            #expect(result.status == 65, "\(name): \(result.stderr)")
            #expect(result.stderr.contains("\(name).csv"), "\(result.stderr)")
            #expect(words.split(separator: "|").contains { result.stderr.contains($0) }, "\(result.stderr)")
            #expect(try agency.recordCounts() == before)
        }
    }

    @Test func `bytes that are not UTF-8 are refused with file, line and column`() throws {
        let agency = try TestAgency()
        let folder = try files(agency)
        let path = folder + "/visits.csv"
        var bytes = try Data(contentsOf: URL(filePath: path))
        let second = try #require(bytes.firstIndex(of: 10)) + 2
        bytes.replaceSubrange(second..<(second + 1), with: [0xE9])
        try bytes.write(to: URL(filePath: path))
        let result = try agency.run(["import", folder, "--create-missing"], as: "amy")
        #expect(result.status == 65, "\(result.stderr)")
        #expect(result.stderr.contains("visits.csv line 2 column 2"), "\(result.stderr)")
        #expect(result.stderr.contains("UTF-8"), "\(result.stderr)")
    }

    @Test func `a file that cannot be read is not taken for an absent one`() throws {
        for obstacle in ["folder", "dangling link", "no rights"] {
            let agency = try TestAgency.sealed()
            let folder = try files(agency)
            let before = try agency.recordCounts()
            let path = folder + "/visits.csv"
            switch obstacle {
            case "folder":
                try FileManager.default.removeItem(atPath: path)
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            case "dangling link":
                try FileManager.default.removeItem(atPath: path)
                try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/nonexistent/visits.csv")
            default:
                try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
            }
            let result = try asOwner(agency, ["import", folder, "--create-missing"])
            #expect(result.status == 65, "\(obstacle): \(result.status) \(result.stderr)")
            #expect(result.stderr.contains("visits.csv"), "\(obstacle): \(result.stderr)")
            #expect(try agency.recordCounts() == before, "\(obstacle)")
        }
    }

    /// Runs the program as an ordinary user who owns the database: the superuser may read whatever the rights say.
    private func asOwner(_ agency: TestAgency, _ words: [String]) throws -> CommandLineTool.Result {
        guard getuid() == 0 else { return try agency.run(words, as: "amy") }
        let owner: [FileAttributeKey: Any] = [.ownerAccountID: 65_534, .groupOwnerAccountID: 65_534]
        for name in ["", "/followup.db", "/followup.db-wal", "/followup.db-shm"]
        where FileManager.default.fileExists(atPath: agency.home + name) {
            try FileManager.default.setAttributes(owner, ofItemAtPath: agency.home + name)
        }
        let drop = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        return try CommandLineTool.run(words, environment: agency.environment(as: "amy"), under: drop)
    }
}
