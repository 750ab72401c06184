import Foundation
import Testing

@testable import followup

struct BackupCommandTests {
    private static let passphrase = "marmalade on seven teapots"

    /// A file with a passphrase that only its owner may read.
    private static func passphraseFile(_ agency: TestAgency, _ text: String = passphrase + "\n", mode: Int = 0o600)
        throws -> String
    {
        let path = agency.home + "/passphrase-\(UUID().uuidString)"
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    @Test func `a backup is made, restored elsewhere, and says what it did`() throws {
        let agency = try TestAgency()
        let number = try agency.arrivedCase()
        let file = agency.home + "/copy.db"
        let made = try agency.run(["backup", file, "--format", "json"], as: "amy")
        #expect(made.status == 0, "\(made.stderr)")
        #expect(made.object?["file"] as? String == file && made.object?["encrypted"] as? Bool == false)
        #expect(made.object?["removed"] as? Int == 0 && made.object?["dry_run"] as? Bool == false)
        let place = agency.home + "/other/followup.db"
        let restored = try agency.run(["restore", file, "--db", place, "--format", "json"], as: "amy")
        #expect(restored.status == 0, "\(restored.stderr)")
        #expect(restored.object?["cases"] as? Int == 1 && restored.object?["kept"] is NSNull)
        let shown = try agency.run(["show", number, "--db", place])
        #expect(shown.status == 0, "\(shown.stderr)")
    }

    @Test func `each way in which it is refused has its status`() throws {
        let agency = try TestAgency()
        let file = agency.home + "/copy.db"
        #expect(try agency.run(["backup", file], as: "amy").status == 0)
        for (words, status) in [
            (["backup", file], ExitStatus.inputOutput), (["backup", agency.home], .inputOutput),
            (["backup", agency.home + "/no/copy.db"], .notFound), (["backup", ""], .usage),
            (["backup", agency.home + "/x.db", "--keep", "0"], .usage),
            (["backup", agency.home + "/x.db", "--passphrase-file", file], .usage),
            (["backup", agency.home + "/x.db", "--encrypt"], .usage),
            (["restore", file], .inputOutput), (["restore", agency.home + "/no.db", "--force"], .notFound),
            (["decrypt", file], .badData), (["decrypt", agency.home + "/no.db"], .notFound),
        ] {
            let result = try agency.run(words, as: "amy")
            #expect(result.status == status.rawValue, "\(words): \(result.stderr)")
            #expect(result.stdout.isEmpty && !result.stderr.isEmpty)
        }
        for login in ["bea", "sue", "ann"] {
            for words in [["backup", agency.home + "/y.db"], ["restore", file, "--force"]] {
                let result = try agency.run(words, as: login)
                #expect(result.status == ExitStatus.notPermitted.rawValue, "\(words) \(login): \(result.stderr)")
            }
        }
        #expect(!FileManager.default.fileExists(atPath: agency.home + "/x.db"))
        #expect(!FileManager.default.fileExists(atPath: agency.home + "/y.db"))
    }

    @Test func `an encrypted backup opens with decrypt and with restore, and with its passphrase alone`() throws {
        let agency = try TestAgency()
        let secret = try Self.passphraseFile(agency)
        let other = try Self.passphraseFile(agency, "marmalade on eight teapots")
        let file = agency.home + "/copy.sealed"
        let made = try agency.run(["backup", file, "--encrypt", "--passphrase-file", secret], as: "amy")
        #expect(made.status == 0, "\(made.stderr)")
        let plain = agency.home + "/plain.db"
        let wrong = try agency.run(["decrypt", file, "-o", plain, "--passphrase-file", other])
        #expect(wrong.status == ExitStatus.badData.rawValue)
        #expect(wrong.stderr.contains("passphrase is wrong"))
        #expect(!FileManager.default.fileExists(atPath: plain))
        let opened = try agency.run(["decrypt", file, "-o", plain, "--passphrase-file", secret])
        #expect(opened.status == 0, "\(opened.stderr)")
        #expect(try FileManager.default.attributesOfItem(atPath: plain)[.posixPermissions] as? Int == 0o600)
        #expect(try Data(contentsOf: URL(filePath: plain)).starts(with: Data("SQLite format 3".utf8)))
        let place = agency.home + "/other.db"
        let restored = try agency.run(["restore", file, "--db", place, "--passphrase-file", secret], as: "amy")
        #expect(restored.status == 0, "\(restored.stderr)")
        #expect(try agency.run(["check", "--db", place], as: "amy").status == 0)
    }

    @Test func `an altered file leaves nothing under the name that was asked for`() throws {
        let agency = try TestAgency()
        let secret = try Self.passphraseFile(agency)
        let file = agency.home + "/copy.sealed"
        #expect(try agency.run(["backup", file, "--encrypt", "--passphrase-file", secret], as: "amy").status == 0)
        var bytes = try Data(contentsOf: URL(filePath: file))
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: URL(filePath: file))
        let plain = agency.home + "/plain.db"
        try "older".write(toFile: plain, atomically: false, encoding: .utf8)
        let result = try agency.run(["decrypt", file, "-o", plain, "--passphrase-file", secret])
        #expect(result.status == ExitStatus.badData.rawValue, "\(result.stderr)")
        #expect(try String(contentsOfFile: plain, encoding: .utf8) == "older")
        #expect(try FileManager.default.contentsOfDirectory(atPath: agency.home).allSatisfy { !$0.contains(".part") })
    }

    @Test func `the passphrase's file must be its owner's alone, one line, and long enough to encrypt`() throws {
        let agency = try TestAgency()
        for (text, mode, status, words) in [
            (Self.passphrase, 0o640, ExitStatus.usage, "others on this machine"),
            (Self.passphrase, 0o604, .usage, "others on this machine"),
            ("elevenchars", 0o600, .usage, "shorter than 12"), ("", 0o600, .usage, "shorter than 12"),
            ("one line is\nnot two lines", 0o600, .usage, "more than one line"),
            (String(repeating: "x", count: 1_025), 0o600, .badData, "longer than"),
            ("twelve chars", 0o600, .ok, ""), ("zwölf Zeichen\r\n", 0o400, .ok, ""),
            (String(repeating: "x", count: 1_024) + "\n", 0o600, .ok, ""),
        ] {
            let secret = try Self.passphraseFile(agency, text, mode: mode)
            let file = agency.home + "/\(UUID().uuidString).sealed"
            let result = try agency.run(["backup", file, "--encrypt", "--passphrase-file", secret], as: "amy")
            #expect(result.status == status.rawValue, "\(words): \(result.stderr)")
            #expect(result.stderr.contains(words) || words.isEmpty, "\(result.stderr)")
            #expect(FileManager.default.fileExists(atPath: file) == (status == .ok))
            if !text.isEmpty { #expect(!(result.stderr + result.stdout).contains(text)) }
        }
        let words = ["backup", agency.home + "/z", "--encrypt", "--passphrase-file", agency.home]
        let folder = try agency.run(words, as: "amy")
        #expect(folder.status == ExitStatus.usage.rawValue)
    }

    @Test func `at a terminal the passphrase is asked for twice, and never shown`() throws {
        let agency = try TestAgency()
        let file = agency.home + "/copy.sealed"
        let terminal = try TalkingTerminal(["backup", file, "--encrypt"], environment: agency.environment(as: "amy"))
        try terminal.waitForQuestion()
        terminal.type(Self.passphrase + "\n" + Self.passphrase + "\n")
        let made = try terminal.finish()
        #expect(made.status == 0, "\(made.screen)")
        #expect(made.screen.contains("The same again: ") && !made.screen.contains("marmalade"))
        let opening = try TalkingTerminal(["decrypt", file, "-o", file + ".db"], environment: agency.environment())
        try opening.waitForQuestion()
        opening.type(Self.passphrase + "\n")
        let opened = try opening.finish()
        #expect(opened.status == 0, "\(opened.screen)")
        #expect(!opened.screen.contains("marmalade"))
    }

    @Test func `two passphrases that differ, a short one, and an end of input make no file`() throws {
        let agency = try TestAgency()
        let file = agency.home + "/copy.sealed"
        for typed in [
            "marmalade on seven teapots\nmarmalade on seven teapot\n", "short\nshort\n", TalkingTerminal.endOfInput,
        ] {
            let words = ["backup", file, "--encrypt"]
            let terminal = try TalkingTerminal(words, environment: agency.environment(as: "amy"))
            try terminal.waitForQuestion()
            terminal.type(typed)
            let result = try terminal.finish()
            #expect(result.status == ExitStatus.usage.rawValue, "\(result.screen)")
            #expect(!result.screen.contains("marmalade"))
        }
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test func `Ctrl-C at the hidden question ends the program and gives the terminal its echo back`() throws {
        let agency = try TestAgency()
        // A shell goes on after the program: what is typed then shows.
        let script = "'\(CommandLineTool.path)' decrypt \"$1\"; printf 'typed: '; read line; echo \"got $line\""
        let file = agency.home + "/copy.sealed"
        let secret = try Self.passphraseFile(agency)
        #expect(try agency.run(["backup", file, "--encrypt", "--passphrase-file", secret], as: "amy").status == 0)
        let terminal = try TalkingTerminal(
            ["-c", "trap : INT; " + script, "sh", file],
            environment: agency.environment(),
            program: "/bin/sh"
        )
        try terminal.waitForQuestion()
        terminal.type(TalkingTerminal.interrupt)
        // Typed at the next question, and therefore shown.
        usleep(500_000)
        terminal.type("visible\n")
        let result = try terminal.finish()
        #expect(result.stdout.contains("got visible"), "\(result.screen)")
        #expect(result.screen.contains("visible"), "\(result.screen)")
    }

    @Test func `what comes out of decrypt is not written to a terminal`() throws {
        let agency = try TestAgency()
        let file = agency.home + "/copy.sealed"
        let secret = try Self.passphraseFile(agency)
        #expect(try agency.run(["backup", file, "--encrypt", "--passphrase-file", secret], as: "amy").status == 0)
        let script = "exec \"$0\" decrypt \"$1\" --passphrase-file \"$2\" >&2"
        let terminal = try TalkingTerminal(
            ["-c", script, CommandLineTool.path, file, secret],
            environment: agency.environment(),
            program: "/bin/sh"
        )
        let result = try terminal.finish()
        #expect(result.status == ExitStatus.usage.rawValue)
        #expect(result.screen.contains("not for a terminal") && !result.screen.contains("SQLite format"))
    }

    @Test func `a passphrase comes through a pipe of the shell too`() throws {
        let agency = try TestAgency()
        let file = agency.home + "/copy.sealed"
        let result = try CommandLineTool.run(
            [],
            environment: agency.environment(as: "amy"),
            under: [
                "/bin/bash", "-c",
                "\"$0\" backup '\(file)' --encrypt --passphrase-file <(echo '\(Self.passphrase)')",
            ]
        )
        #expect(result.status == 0, "\(result.stderr)")
        let secret = try Self.passphraseFile(agency)
        #expect(try agency.run(["decrypt", file, "-o", file + ".db", "--passphrase-file", secret]).status == 0)
    }

    @Test func `no option takes a passphrase, and no variable does`() throws {
        let agency = try TestAgency()
        let file = agency.home + "/copy.sealed"
        let byOption = try agency.run(["backup", file, "--encrypt", "--passphrase", Self.passphrase], as: "amy")
        #expect(byOption.status == ExitStatus.usage.rawValue)
        let byVariable = try agency.run(
            ["backup", file, "--encrypt"],
            as: "amy",
            environment: ["FOLLOWUP_PASSPHRASE": Self.passphrase, "PASSPHRASE": Self.passphrase]
        )
        #expect(byVariable.status == ExitStatus.usage.rawValue)
        #expect(!(byOption.stderr + byVariable.stderr).contains("marmalade"))
        #expect(!FileManager.default.fileExists(atPath: file))
    }
}
