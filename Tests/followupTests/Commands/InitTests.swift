import Foundation
import Testing

/// `followup init`: what it makes, and what it leaves alone.
struct InitTests {
    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test func `init makes the folder for its owner alone and the file for its owner alone`() throws {
        let agency = try TestAgency.empty()
        let result = try CommandLineTool.run(
            ["init", "--agency", "Wheeler", "--admin", "amy"],
            environment: ["HOME": agency.home]
        )
        #expect(result.status == 0, "\(result.stderr)")
        #expect(try mode(agency.home + "/.local/share/followup") == 0o700)
        #expect(try mode(agency.home + "/.local/share/followup/followup.db") == 0o600)
    }

    @Test func `a wide umask and a narrow one give the same rights`() throws {
        for mask in ["000", "077"] {
            let agency = try TestAgency.empty()
            let result = try CommandLineTool.run(
                ["init", "--agency", "Wheeler", "--admin", "amy"],
                environment: agency.environment(as: ""),
                under: ["/bin/sh", "-c", "umask \(mask); exec \"$0\" \"$@\""]
            )
            #expect(result.status == 0, "\(result.stderr)")
            #expect(try mode(agency.database) == 0o600)
        }
    }

    @Test func `the data folder of the environment is used, a relative one is not`() throws {
        let agency = try TestAgency.empty()
        let words = ["init", "--agency", "Wheeler", "--admin", "amy"]
        let data = agency.home + "/data"
        var environment = ["HOME": agency.home, "XDG_DATA_HOME": data]
        #expect(try CommandLineTool.run(words, environment: environment).status == 0)
        #expect(FileManager.default.fileExists(atPath: data + "/followup/followup.db"))
        environment["XDG_DATA_HOME"] = "relative"
        #expect(try CommandLineTool.run(words, environment: environment).status == 0)
        #expect(FileManager.default.fileExists(atPath: agency.home + "/.local/share/followup/followup.db"))
    }

    @Test func `the option wins over the environment, and stands before the command or behind it`() throws {
        let agency = try TestAgency.empty()
        for (index, place) in [true, false].enumerated() {
            let file = "\(agency.home)/\(index).db"
            let words = ["init", "--agency", "Wheeler", "--admin", "amy"]
            let all = place ? ["--db", file] + words : words + ["--db", file]
            #expect(try agency.run(all).status == 0)
            #expect(FileManager.default.fileExists(atPath: file))
        }
        #expect(!FileManager.default.fileExists(atPath: agency.database))
    }

    @Test func `init leaves an existing file as it is`() throws {
        let agency = try TestAgency.empty()
        try Data("precious".utf8).write(to: URL(filePath: agency.database))
        for extra in [[], ["--dry-run"]] {
            let result = try agency.run(["init", "--agency", "Wheeler", "--admin", "amy"] + extra)
            #expect(result.status == 74)
            #expect(result.stderr.contains(agency.database))
        }
        #expect(try String(contentsOfFile: agency.database, encoding: .utf8) == "precious")
    }

    @Test func `a dry run of init makes nothing`() throws {
        let agency = try TestAgency.empty()
        let result = try agency.run(["init", "--agency", "Wheeler", "--admin", "amy", "--dry-run"])
        #expect(result.status == 0)
        #expect(result.stderr.contains("dry run: nothing was kept"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: agency.home).isEmpty)
    }

    @Test func `init needs the agency's name and a zone that exists`() throws {
        let agency = try TestAgency.empty()
        let nameless = try agency.run(["init", "--admin", "amy"])
        #expect(nameless.status == 64)
        #expect(nameless.stderr.contains("--agency"))
        #expect(try agency.run(["init", "--agency", " ", "--admin", "amy"]).status == 64)
        for zone in ["America/Nowhere", "../etc/passwd", ""] {
            let result = try agency.run(["init", "--agency", "Wheeler", "--admin", "amy", "--zone", zone])
            #expect(result.status == 64, "\(zone)")
        }
        #expect(!FileManager.default.fileExists(atPath: agency.database))
    }

    @Test func `the administrator supervises unless told otherwise`() throws {
        for (extra, roles) in [([], "administrator, supervisor"), (["--admin-only"], "administrator")] {
            let agency = try TestAgency.empty()
            try agency.run(["init", "--agency", "Wheeler", "--admin", "amy"] + extra)
            let list = try agency.run(["staff", "list", "--format", "csv"], as: "amy")
            #expect(list.stdout.contains("amy,,\(roles.contains(",") ? "\"\(roles)\"" : roles),no"))
        }
    }

    @Test func `the default zone is New York's, and another is kept`() throws {
        for (extra, offset) in [([], "-05:00"), (["--zone", "Asia/Tokyo"], "+09:00")] {
            let agency = try TestAgency.empty()
            try agency.run(["init", "--agency", "Wheeler", "--admin", "bea"] + extra, as: "bea")
            try agency.run(["site", "add", "Hartford", "--town", "Hartford"])
            let words = TestAgency.opening(call: "2025-01-10T09:00") + ["--format", "json"]
            let result = try agency.run(words)
            let due = try #require(result.object?["next_due_at"] as? String, "\(result.stderr)")
            #expect(due == "2025-01-10T09:45:00" + offset)
        }
    }
}
