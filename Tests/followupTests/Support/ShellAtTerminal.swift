import Foundation
import Testing

/// A real shell at a terminal, in which somebody types the beginning of a command and presses TAB.
struct ShellAtTerminal: CustomTestStringConvertible, Sendable {
    let name: String
    /// What it is started with, and what it is told before it knows the completions.
    private let arguments: [String]
    private let setup: String
    /// How it looks through a script without running it.
    let syntaxCheck: [String]

    static let all = [
        ShellAtTerminal(
            name: "bash",
            arguments: ["--norc", "--noprofile", "-i"],
            setup: "bind 'set bell-style none'; source <(followup --generate-completion-script bash)",
            syntaxCheck: ["/bin/bash", "-n", "/dev/stdin"]
        ),
        ShellAtTerminal(
            name: "zsh",
            arguments: ["-f", "-i"],
            setup: """
                followup --generate-completion-script zsh > $HOME/_followup; fpath=($HOME $fpath); \
                autoload -Uz compinit; compinit -u -D
                """,
            syntaxCheck: ["/bin/zsh", "-n", "/dev/stdin"]
        ),
        ShellAtTerminal(
            name: "fish",
            arguments: ["--no-config", "-i"],
            setup: "followup --generate-completion-script fish | source",
            syntaxCheck: ["/usr/bin/fish", "--no-execute", "/dev/stdin"]
        ),
    ]

    var testDescription: String { name }

    private var path: String { syntaxCheck[0] }

    var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// What the shell makes of each beginning, as the words that the program is then started with.
    ///
    /// The program that the shell starts is a stand-in, which writes down its words; what the completions ask for, the
    /// built program answers.
    func completed(_ beginnings: [String], in agency: TestAgency) throws -> [[String]] {
        let folder = agency.home + "/bin"
        let typed = agency.home + "/typed"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try """
        #!/bin/sh
        case $1 in ---completion | --generate-completion-script) exec "\(CommandLineTool.path)" "$@" ;; esac
        { printf '%s\\037' "$@"; echo; } >> "\(typed)"
        """.write(toFile: folder + "/followup", atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder + "/followup")
        let environment = agency.environment().merging(["PATH": "\(folder):/usr/bin:/bin"]) { $1 }
        let terminal = try TalkingTerminal(arguments, environment: environment, program: path)
        func lines() -> [String] {
            ((try? String(contentsOfFile: typed, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
        }
        terminal.type(setup + "; followup ready\n")
        try terminal.wait { lines().count == 1 }
        for (index, beginning) in beginnings.enumerated() {
            terminal.type("followup \(beginning)\t\n")
            try terminal.wait { lines().count == index + 2 }
        }
        terminal.type("exit\n")
        _ = try terminal.finish()
        return lines().dropFirst().map { $0.split(separator: "\u{1F}").map(String.init) }
    }
}
