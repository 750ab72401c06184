import Foundation
import Testing

/// `visit log` at a terminal: three answers, a note for who wants one, and nothing kept of what is broken off.
struct VisitAskingTests {
    /// A case that was called in and reached today, so that a visit now lies in its window.
    private func currentCase(_ agency: TestAgency, extra: [String] = []) throws -> String {
        func text(_ minutesAgo: Double) -> String {
            Date(timeIntervalSinceNow: -60 * minutesAgo).formatted(.iso8601)
        }
        let number = try agency.openCase(call: text(120), extra: extra)
        let arrival = try agency.run(["episode", "arrived", number, "--at", text(90)])
        try #require(arrival.status == 0, "\(arrival.stderr)")
        return number
    }

    private func log(
        _ agency: TestAgency,
        _ words: [String],
        editor: String? = nil,
        typing lines: [String]
    ) throws -> PretendTerminal.Result {
        var environment = agency.environment()
        environment["EDITOR"] = editor
        environment["TMPDIR"] = agency.home
        environment["PATH"] = "/usr/bin:/bin"
        // A question too many finds the end of the input, and fails instead of waiting.
        let typed = lines + [PretendTerminal.endOfInput]
        return try PretendTerminal.run(
            ["visit", "log"] + words,
            typing: typed,
            environment: environment,
            // The threads of tests block signals, which a program inherits; env(1) lets them through again.
            under: ["/usr/bin/env", "--default-signal"]
        )
    }

    /// The visits of a case, each as `mode result with`.
    private func visits(_ agency: TestAgency, _ number: String) throws -> [String] {
        let list = try agency.run(["visit", "list", number, "--format", "json"])
        let rows = try JSONSerialization.jsonObject(with: Data(list.stdout.utf8)) as? [[String: Any]] ?? []
        return rows.map { row in ["mode", "result", "with"].map { "\(row[$0] ?? "")" }.joined(separator: " ") }
    }

    private func expectNoTrace(_ agency: TestAgency) throws {
        let left = try FileManager.default.contentsOfDirectory(atPath: agency.home)
        #expect(left.allSatisfy { $0.hasPrefix("followup.db") }, "\(left)")
    }

    /// The stop-watch: what is typed after the command, a line for each answer.
    @Test(arguments: [
        (["phone", "caregiver", ""], "phone completed caregiver"),
        (["1", "3", "y"], "in person completed both"),
        (["ph", "y", "1"], "phone completed youth"),
        (["phone", "caregiver", "no answer"], "phone no answer caregiver"),
        (["2", "2", "2"], "phone no answer caregiver"),
        (["1", "1", "no-"], "in person no-show youth"),
        (["1", "youth", "unable"], "in person unable to locate youth"),
        (["video", "both", "cancelled by f"], "video cancelled by family both"),
    ])
    func `from the prompt of the shell a contact and an attempt are written in three answers`(
        answers: [String],
        visit: String
    ) throws {
        let agency = try TestAgency()
        let number = try currentCase(agency)
        try #require(answers.count <= 3)
        let before = Date().timeIntervalSince1970.rounded(.down)
        let result = try log(agency, [number], typing: answers)
        #expect(result.status == 0, "\(result.screen)")
        #expect(result.stdout.hasPrefix("\(number)  visit logged  "))
        #expect(try visits(agency, number) == [visit])
        // What is written was shown before the answer that wrote it.
        let summary = try #require(result.screen.firstRange(of: "  Case: \(number)"))
        let question = try #require(result.screen.firstRange(of: "Result [completed]"))
        #expect(summary.lowerBound < question.lowerBound)
        let at = try #require(try StoredRows.visitTimes(agency).first)
        #expect(Double(at) >= before && Double(at) <= Date().timeIntervalSince1970)
    }

    @Test func `no means no, and saves no visit without an answer`() throws {
        let agency = try TestAgency()
        let number = try currentCase(agency)
        for answer in ["n", "no", "No", PretendTerminal.endOfInput] {
            let result = try log(agency, [number], typing: ["phone", "youth", answer])
            #expect(result.status == 64, "\(result.screen)")
            #expect(result.screen.contains("it was not confirmed") == (answer != PretendTerminal.endOfInput))
        }
        #expect(try visits(agency, number).isEmpty)
        let slips = try log(agency, [number], typing: ["phone", "youth", "c", "7", "maybe", "complet"])
        #expect(slips.status == 0, "\(slips.screen)")
        #expect(try visits(agency, number) == ["phone completed youth"])
    }

    @Test func `what was said on the command line is not asked for`() throws {
        let agency = try TestAgency()
        let number = try currentCase(agency)
        let one = try log(agency, [number, "--mode", "phone"], typing: ["youth", ""])
        #expect(one.status == 0, "\(one.screen)")
        let result = try log(agency, [number, "--mode", "phone", "--result", "no-show"], typing: ["youth", "x", ""])
        #expect(result.status == 0, "\(result.screen)")
        #expect(result.screen.contains("Save this?"))
        #expect(try visits(agency, number).sorted() == ["phone completed youth", "phone no-show youth"])
    }

    @Test func `a note is written in the editor before saving, and may be written again`() throws {
        let agency = try TestAgency()
        let number = try currentCase(agency)
        let editor = "sh -c 'echo \"line é\" >> \"$0\"'"
        let result = try log(agency, [number], editor: editor, typing: ["phone", "youth", "e", "E", "no answer"])
        #expect(result.status == 0, "\(result.screen)")
        #expect(try StoredRows.notes(agency) == ["line é\nline é"])
        #expect(result.screen.contains("  Note: line é / line é"))
        try expectNoTrace(agency)
    }

    @Test func `without an editor the note is typed, and an empty one is none`() throws {
        let agency = try TestAgency()
        let number = try currentCase(agency)
        let typed = try log(agency, [number], typing: ["phone", "youth", "e", "She is well.", "Call again.", ".", ""])
        #expect(typed.status == 0, "\(typed.screen)")
        #expect(try StoredRows.notes(agency) == ["She is well.\nCall again."])
        for editor in ["true", "sh -c 'echo > \"$0\"'"] {
            let empty = try log(agency, [number], editor: editor, typing: ["phone", "youth", "e", ""])
            #expect(empty.status == 0, "\(empty.screen)")
        }
        #expect(try StoredRows.notes(agency).sorted() == ["", "", "She is well.\nCall again."])
    }

    @Test func `a complete command opens the editor with --edit-note and asks nothing`() throws {
        let agency = try TestAgency()
        let number = try currentCase(agency)
        let words = [number, "--mode", "phone", "--with", "youth", "--edit-note"]
        let mode = "stat -c %a \"$0\" \"$(dirname \"$0\")\" > \(agency.home)/modes; echo well > \"$0\""
        let result = try log(agency, words, editor: "sh -c '\(mode)'", typing: [])
        #expect(result.status == 0, "\(result.screen)")
        #expect(try StoredRows.notes(agency) == ["well"])
        let modes = agency.home + "/modes"
        #expect(try String(contentsOfFile: modes, encoding: .utf8) == "600\n700\n")
        try FileManager.default.removeItem(atPath: modes)
        try expectNoTrace(agency)
        let noTerminal = try agency.run(["visit", "log"] + words)
        #expect(noTerminal.status == 64)
        #expect(noTerminal.stderr.contains("--note-file"))
        #expect(try agency.run(["visit", "log"] + words + ["--note", "x"]).status == 64)
    }

    @Test func `pitfall 30 an editor that fails or is broken off with Ctrl-C leaves nothing behind`() throws {
        let agency = try TestAgency()
        let number = try currentCase(agency)
        let words = [number, "--mode", "phone", "--with", "youth", "--edit-note"]
        // An editor leaves copies, and the keys that end programs reach the program that waits for it too.
        let mess = "echo secret >> \"$0\"; touch \"$0~\"; mkdir \"$0.d\"; touch \"$0.d/x\"; "
        let ctrlC = """
            p=$PPID; while [ "$(cat /proc/$p/comm)" != followup ]; do p=$(awk "{print \\$4}" /proc/$p/stat); done;
            kill -INT $p; kill -HUP $p; kill -TERM $p; kill -QUIT $p;
            """
        for end in ["exit 1", "kill -9 $$", "kill -INT $$", ctrlC.replacing("\n", with: " ") + "kill -INT $$"] {
            let script = agency.home + "/editor"
            try Data(("#!/bin/sh\n" + (mess + end).replacing("$0", with: "$1") + "\n").utf8)
                .write(to: URL(filePath: script))
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script)
            let result = try log(agency, words, editor: script, typing: [])
            #expect(result.status == 64, "\(end): \(result.screen)")
            #expect(result.stdout.isEmpty && !result.screen.contains("secret"))
            // Asked for at the last question it costs none of the answers.
            let asked = try log(agency, [number], editor: script, typing: ["phone", "youth", "e", "n"])
            #expect(asked.status == 64, "\(asked.screen)")
            #expect(asked.screen.contains("the editor ended without success"))
            try FileManager.default.removeItem(atPath: script)
            try expectNoTrace(agency)
        }
        #expect(try visits(agency, number).isEmpty)
    }

    @Test func `a note that was written is given back when the visit is refused`() throws {
        let agency = try TestAgency()
        let number = try currentCase(agency)
        let words = [number, "--mode", "phone", "--with", "youth", "--edit-note"]
        let editor = "sh -c 'echo well > \"$0\"'"
        let refused = try log(agency, words + ["--next", "+90d"], editor: editor, typing: [])
        #expect(refused.status == 1)
        #expect(refused.screen.contains("refused [promise-outside-window]: "), "\(refused.screen)")
        #expect(refused.stdout == "well\n")
        // What the time alone decides is found out before anything is written.
        let late = try log(agency, [try agency.arrivedCase()] + words.dropFirst(), editor: editor, typing: [])
        #expect(late.status == 1 && late.screen.contains("refused [window-closed]: ") && late.stdout.isEmpty)
        #expect(try StoredRows.counts(agency)["visit"] == 0)
    }
}
