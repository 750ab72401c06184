import Foundation
import Testing

/// Plays transcripts on an agency of their own and writes down what came of them.
struct TranscriptPlayer {
    private let agency: TestAgency
    private var varying: Varying

    /// Where the transcripts lie.
    static let folder = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Golden").path

    /// The transcripts by their names.
    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
    }()

    static func text(of name: String) throws -> String {
        try String(contentsOfFile: path(of: name), encoding: .utf8)
    }

    static func path(of name: String) -> String { "\(folder)/\(name).txt" }

    init() throws {
        agency = try TestAgency()
        try agency.seal()
        varying = Varying(home: agency.home)
    }

    /// The transcript as it is today.
    mutating func play(_ text: String) throws -> String {
        try Transcript(text).parts.map { part in
            switch part {
            case .remark(let line):
                return line + "\n"
            case .after(let name):
                _ = try play(Self.text(of: name))
                return "% after \(name)\n"
            case .file(let name, let lines):
                let file = URL(filePath: "\(agency.home)/\(name)")
                let folder = file.deletingLastPathComponent()
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: file)
                return Transcript.text(file: name, lines)
            case .step(let step):
                return Transcript.text(step, try play(step))
            }
        }
        .joined()
    }

    private mutating func play(_ step: Transcript.Step) throws -> Transcript.Outcome {
        var words = ShellWords.split(varying.typed(step.command))
        var environment = agency.environment()
        while let word = words.first, let sign = word.firstIndex(of: "="), word.hasPrefix("FOLLOWUP_") {
            environment[String(word[..<sign])] = String(word[sign...].dropFirst())
            words.removeFirst()
        }
        try #require(words.first == "followup", "no command of the program: \(step.command)")
        words.removeFirst()
        guard let answers = step.answers else {
            let stdin = Data(step.input.map { $0 + "\n" }.joined().utf8)
            let result = try CommandLineTool.run(words, stdin: stdin, environment: environment)
            return Transcript.Outcome(
                stdout: try varying.covered(result.stdout),
                stderr: try varying.covered(result.stderr),
                isScreen: false,
                status: result.status
            )
        }
        let terminal = try TalkingTerminal(words, environment: environment)
        for answer in answers { try terminal.answer(answer) }
        let result = try terminal.finish()
        return Transcript.Outcome(
            stdout: try varying.covered(result.stdout),
            stderr: try varying.covered(result.screen),
            isScreen: true,
            status: result.status
        )
    }
}
