import Foundation
import Testing

/// What people read, word for word, as it is and as it is to stay: one transcript for each scenario, in Tests/Golden.
///
/// `FOLLOWUP_RECORD_GOLDEN=1` writes the transcripts anew and fails, so that nobody takes a recording for a test.
struct GoldenTests {
    private static let isRecording = ProcessInfo.processInfo.environment["FOLLOWUP_RECORD_GOLDEN"] == "1"

    @Test(arguments: TranscriptPlayer.names)
    func `a session is what its transcript says`(_ name: String) throws {
        let expected = try TranscriptPlayer.text(of: name)
        var player = try TranscriptPlayer()
        let actual = try player.play(expected)
        if Self.isRecording {
            try actual.write(toFile: TranscriptPlayer.path(of: name), atomically: true, encoding: .utf8)
            Issue.record("\(name) was recorded\(actual == expected ? ", as it was" : ": read what has changed")")
        } else {
            let difference = Self.difference(expected, actual)
            let isAsWritten = actual == expected
            #expect(isAsWritten, "Tests/Golden/\(name).txt, - as it was, + as it is:\n\(difference)")
        }
    }

    @Test(.disabled(if: isRecording, "the transcripts are being written"))
    func `the refusals that people meet have each been written down`() throws {
        let lines = try Set(TranscriptPlayer.names.flatMap { try TranscriptPlayer.text(of: $0).split(separator: "\n") })
        for rule in [
            "window-closed", "in-the-future", "before-episode", "episode-closed", "plan-missing", "plan-incomplete",
            "referral-open", "extension-needs-supervisor", "extension-self-approved", "extension-too-long",
            "ambiguous-time", "no-such-time", "possible-duplicate", "not-permitted", "state-order",
            "promise-outside-window", "minor-consented", "before-arrival",
        ] {
            let isWritten = lines.contains { $0.hasPrefix("! refused [\(rule)]: ") }
            #expect(isWritten, "\(rule)")
        }
        for status in [1, 3, 64, 65, 66, 69, 74, 77] {
            let isWritten = lines.contains("= \(status)")
            #expect(isWritten, "exit status \(status)")
        }
    }

    @Test(.disabled(if: isRecording, "the transcripts are being written"))
    func `the help of the program and of every noun has been written down`() throws {
        let lines = try Set(TranscriptPlayer.text(of: "help").split(separator: "\n").map(String.init))
        for (path, command) in try CommandDump.read().all where !command.below.isEmpty {
            let typed = (["$ followup"] + path + ["--help"]).joined(separator: " ")
            let isWritten = lines.contains(typed)
            #expect(isWritten, "Tests/Golden/help.txt lacks: \(typed)")
        }
    }

    /// The lines that differ, in order, with their numbers.
    static func difference(_ old: String, _ new: String) -> String {
        func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        let changes = lines(new).difference(from: lines(old)).sorted { Self.place($0) < Self.place($1) }
        return changes.map { change in
            switch change {
            case .remove(let offset, let line, _): "\(offset + 1) - \(line)"
            case .insert(let offset, let line, _): "\(offset + 1) + \(line)"
            }
        }
        .joined(separator: "\n")
    }

    private static func place(_ change: CollectionDifference<Substring>.Change) -> (Int, Int) {
        switch change {
        case .remove(let offset, _, _): (offset, 0)
        case .insert(let offset, _, _): (offset, 1)
        }
    }
}
