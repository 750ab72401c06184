import Foundation
import Testing

/// `export`: the options that are about the file as a whole.
struct ExportCommandTests {
    private func mode(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    private func transfer(_ agency: TestAgency) throws -> String {
        let number = try agency.openCase(extra: ["--transfer-from", "988", "--transfer-ref", "X-17"])
        try #require(try agency.run(["episode", "arrived", number, "--at", "2025-06-02T12:00"]).status == 0)
        return number
    }

    @Test func `dispositions are told, marked once the file is whole, and listed as owed until then`() throws {
        let agency = try TestAgency()
        let number = try transfer(agency)
        let path = "\(agency.home)/told.csv"
        let owed = ["episode", "list", "--owed-disposition", "--format", "csv"]
        #expect(try agency.run(owed).stdout.contains(number))
        let words = ["export", "dispositions", "--since", "2025-06-01", "--mark-returned", "-o", path]
        let dry = try agency.run(words + ["--dry-run"])
        #expect(dry.stderr.contains("1 marked as returned") && dry.stderr.contains("dry run: nothing was kept"))
        #expect(try agency.run(owed).stdout.contains(number))
        // Where the file cannot be written nothing is marked.
        let nowhere = try agency.run(["export", "dispositions", "--mark-returned", "-o", "\(agency.home)/no/told.csv"])
        #expect(nowhere.status == 74)
        #expect(try agency.run(owed).stdout.contains(number))
        let real = try agency.run(words)
        #expect(real.status == 0 && real.stderr.contains("1 marked as returned"), "\(real.stderr)")
        #expect(try !agency.run(owed).stdout.contains(number))
        let file = try String(contentsOfFile: path, encoding: .utf8)
        #expect(file.hasPrefix("case_number,transfer_from,transfer_ref,site,call_received_at,"))
        #expect(file.contains("\(number),988,X-17,Hartford,2025-06-02T11:30:00-04:00,"))
        #expect(file.contains("\"seen, in follow-up\""))
        #expect(try agency.run(words).stderr.contains("0 marked as returned; 1 left"))
        let audit = try StoredRows.audit(agency).filter { $0.action == "disposition return" && $0.outcome == "done" }
        #expect(audit.count == 2)
    }

    @Test func `a full disk under the standard output marks nothing`() throws {
        let agency = try TestAgency()
        let number = try transfer(agency)
        // JSON leaves with the last flush alone: a mark before it would be one too many.
        for format in ["csv", "json"] {
            let result = try CommandLineTool.run(
                ["export", "dispositions", "--mark-returned", "--format", format],
                environment: agency.environment(),
                stdoutPath: "/dev/full"
            )
            #expect(result.status == 74)
        }
        #expect(try agency.run(["episode", "list", "--owed-disposition", "--format", "csv"]).stdout.contains(number))
    }

    @Test func `a de-identified file says in its first lines what was left out, also when quiet`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        for quiet in [[], ["--quiet"]] {
            let result = try agency.run(["export", "summary", "--deidentify"] + quiet, as: "ann")
            #expect(result.status == 0, "\(result.stderr)")
            let lines = result.stderr.split(separator: "\n")
            #expect(lines.first?.hasPrefix("de-identified by safe harbor") == true)
            #expect(lines.prefix(4).joined().contains("Ages over 89"))
            #expect(result.stdout.hasPrefix("call_year,program,age_at_call,"))
            for secret in [number, "Hartford", "bea", "Only", "2025-06"] { #expect(!result.stdout.contains(secret)) }
        }
        // With names an analyst may make none, and for lists of named cases there is no such file.
        #expect(try agency.run(["export", "summary"], as: "ann").status == 77)
        for kind in ["overdue", "dispositions", "audit"] {
            #expect(try agency.run(["export", kind, "--deidentify"], as: "sue").status == 64)
        }
    }

    @Test func `an encrypted file opens to the same bytes and shows none of them`() throws {
        let agency = try TestAgency()
        for index in 0..<3 { _ = try agency.openCase(call: "2025-06-0\(index + 2)T11:30", lastName: "Marker") }
        let (plain, sealed, opened) = ("\(agency.home)/a.csv", "\(agency.home)/a.sealed", "\(agency.home)/b.csv")
        let secret = "\(agency.home)/passphrase"
        try Data("four words that differ\n".utf8).write(to: URL(filePath: secret))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret)
        for format in ["csv", "json"] {
            let words = ["export", "episodes", "--format", format]
            #expect(try agency.run(words + ["-o", plain], as: "sue").status == 0)
            let result = try agency.run(
                words + ["--encrypt", "--passphrase-file", secret, "-o", sealed],
                as: "sue"
            )
            #expect(result.status == 0, "\(result.stderr)")
            #expect(try mode(sealed) == 0o600)
            let bytes = try Data(contentsOf: URL(filePath: sealed))
            #expect(bytes.firstRange(of: Data("Marker".utf8)) == nil)
            let back = try agency.run(["decrypt", sealed, "--passphrase-file", secret, "-o", opened], as: "sue")
            try #require(back.status == 0, "\(back.stderr)")
            #expect(try Data(contentsOf: URL(filePath: opened)) == Data(contentsOf: URL(filePath: plain)))
            try FileManager.default.removeItem(atPath: opened)
        }
        #expect(
            try agency.run(["export", "episodes", "--encrypt", "--passphrase-file", secret], as: "sue").status == 64
        )
        #expect(
            try agency.run(["export", "episodes", "--passphrase-file", secret, "-o", plain], as: "sue").status == 64
        )
    }

    @Test(arguments: ["summary", "episodes", "extensions", "visits", "plans", "referrals", "overdue", "dispositions"])
    func `every kind is written whole, for its owner alone, or not at all`(kind: String) throws {
        let agency = try TestAgency()
        _ = try transfer(agency)
        let path = "\(agency.home)/out.csv"
        try Data("what stood there".utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        // A refusal after the file was begun leaves what stood there.
        #expect(try agency.run(["export", kind, "-o", path], as: "ann").status == 77)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "what stood there")
        #expect(try agency.run(["export", kind, "-o", path], as: "sue").status == 0)
        #expect(try mode(path) == 0o600)
        let rest = try FileManager.default.contentsOfDirectory(atPath: agency.home).filter { $0.hasSuffix(".part") }
        #expect(rest == [])
    }

    @Test func `options that belong to another kind are refused`() throws {
        let agency = try TestAgency()
        for words in [
            ["visits", "--owed"], ["visits", "--mark-returned"], ["summary", "--since", "today"],
            ["dispositions", "--dry-run"], ["dispositions", "--as-of", "now"], ["overdue", "--from", "today"],
        ] {
            #expect(try agency.run(["export"] + words, as: "sue").status == 64, "\(words)")
        }
    }
}
