import Foundation
import Glibc
import Testing

@testable import followup

/// Answers typed ahead into a file, and a pseudo-terminal where being one matters.
struct OutputPromptTests {
    private func ask<Answer>(
        _ typed: [UInt8],
        _ body: (Prompt) throws -> Answer
    ) throws -> (answer: Answer, shown: String) {
        try OutputFixture.inTemporaryFolder { folder in
            let path = folder + "/typed"
            try Data(typed).write(to: URL(filePath: path))
            let input = unsafe open(path, O_RDONLY)
            try #require(input >= 0)
            defer { close(input) }
            var answer: Answer?
            let shown = try OutputFixture.written { answer = try body(Prompt(input: input, output: $0)) }
            return (try #require(answer), shown)
        }
    }

    private func ask<Answer>(
        _ typed: String,
        _ body: (Prompt) throws -> Answer
    ) throws -> (answer: Answer, shown: String) {
        try ask(Array(typed.utf8), body)
    }

    @Test func `a line is trimmed, and asked for again until there is one`() throws {
        let (answer, shown) = try ask("\n  \n  2026-00042\t\n") { try $0.line("Case") }
        #expect(answer == "2026-00042")
        #expect(shown.components(separatedBy: "Case: ").count == 4)
        #expect(shown.contains("An answer is needed."))
    }

    @Test func `an empty line takes the default, or nothing where nothing is needed`() throws {
        let (answer, shown) = try ask("\n") { try $0.line("At", default: "now") }
        #expect(answer == "now")
        #expect(shown == "At [now]: ")
        #expect(try ask("\n") { try $0.line("Note", isOptional: true) }.answer == "")
        #expect(try ask("later\n") { try $0.line("At", default: "now") }.answer == "later")
    }

    @Test func `an answer that is complained about is asked for again`() throws {
        let (answer, shown) = try ask("tomorow\n+1d\n") { prompt in
            try prompt.line("Next") { $0.hasPrefix("+") ? nil : "That is no date." }
        }
        #expect(answer == "+1d")
        #expect(shown == "Next: That is no date.\nNext: ")
    }

    @Test func `keys that are no text are not kept`() throws {
        #expect(try ask("a\u{1B}[Db\nclean\n") { try $0.line("Name") }.answer == "clean")
        #expect(try ask([0xFF, 0x0A, 0x61, 0x0A]) { try $0.line("Name") }.answer == "a")
        #expect(try ask("one\n\u{1B}[Atwo\nthree\n.\n") { try $0.text("Note") }.answer == "one\nthree")
    }

    @Test func `an input that ends is a failure of usage, and a last line without its end counts`() throws {
        for typed in ["", "\n"] {
            let failure = #expect(throws: Failure.self) { try ask(typed) { try $0.line("Case") } }
            #expect(failure?.status == .usage)
        }
        #expect(throws: Failure.self) { try ask("") { try $0.confirm("Save?", default: true) } }
        #expect(throws: Failure.self) { try ask("") { try $0.choice("Mode", options: ["phone"]) } }
        #expect(try ask("2026-00042") { try $0.line("Case") }.answer == "2026-00042")
    }

    @Test(arguments: [("y", true), ("YES", true), ("n", false), ("No", false), ("", true), ("maybe\nn", false)])
    func `yes and no may be shortened`(typed: String, expected: Bool) throws {
        #expect(try ask(typed + "\n") { try $0.confirm("Save?", default: true) }.answer == expected)
    }

    @Test func `a note has as many lines as were typed before the dot or the end`() throws {
        #expect(try ask("one\n\n two\n.\nthree\n") { try $0.text("Note") }.answer == "one\n\n two")
        #expect(try ask("one\n..\n") { try $0.text("Note") }.answer == "one\n..")
        #expect(try ask("") { try $0.text("Note") }.answer == "")
    }

    private static let sources = ["self/family", "school", "emergency department", "988", "probation/court", "police"]

    @Test(arguments: [
        ("1", 0), ("6", 5), ("988", 3), ("sc", 1), ("SCHOOL", 1), ("e", 2), ("pr", 4), ("p\npo", 5), ("0\n7\nx\nse", 0),
    ])
    func `an option is chosen by number or by its first letters`(typed: String, expected: Int) throws {
        let (answer, shown) = try ask(typed + "\n") { try $0.choice("Source", options: Self.sources) }
        #expect(answer == expected)
        #expect(shown.hasPrefix("Source\n  1  self/family\n  2  school\n"))
    }

    @Test func `an empty line chooses the default, and without one it is asked again`() throws {
        #expect(try ask("\n") { try $0.choice("Source", options: Self.sources, default: 2) }.answer == 2)
        #expect(try ask("\n4\n") { try $0.choice("Source", options: Self.sources) }.answer == 3)
    }

    @Test func `a long list is shown when asked for`() throws {
        let towns = (1...169).map { "Town \($0)" }
        let (answer, shown) = try ask("town 16\n") { try $0.choice("Town", options: towns) }
        #expect(answer == 15)
        #expect(!shown.contains("Town 100"))
        #expect(try ask("?\n9\n") { try $0.choice("Town", options: towns) }.shown.contains("  100  Town 100\n"))
    }

    @Test func `nobody is asked without a terminal`() throws {
        let null = unsafe open("/dev/null", O_RDWR)
        defer { close(null) }
        #expect(Prompt.atTerminal(style: .plain, input: null, output: null) == nil)
        #expect(Terminal.width(of: null) == nil)
        #expect(!Terminal.obeysControls(null))
    }

    @Test func `a terminal is asked, tells its width, and gets color unless it is not wanted`() throws {
        let (keyboard, screen) = try Self.pseudoTerminal()
        defer {
            close(screen)
            close(keyboard)
        }

        let prompt = try #require(Prompt.atTerminal(style: .plain, input: screen, output: screen))
        try Descriptor.write(Array("phone\n".utf8), to: keyboard)
        #expect(try prompt.line("Mode") == "phone")

        let noSize = Environment { ["COLUMNS": "132"][$0] }
        #expect(Terminal.width(of: screen, environment: noSize) == 132)
        #expect(Terminal.width(of: screen, environment: Environment { _ in nil }) == 80)
        var size = winsize(ws_row: 24, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
        let isSized = unsafe ioctl(keyboard, UInt(TIOCSWINSZ), &size) == 0
        try #require(isSized)
        #expect(Terminal.width(of: screen, environment: noSize) == 100)

        let sink = OutputSink(descriptor: screen)
        let zone = try OutputFixture.newYork.get()
        let shown = Presentation.of(sink, zone: zone, noColor: false, environment: noSize)
        #expect(shown.width == 100 && shown.ascii && shown.style.bold("a") != "a")
        let piped = Presentation.of(OutputSink(descriptor: -1), zone: zone, noColor: false, environment: noSize)
        #expect(piped.width == nil && piped.ascii && piped.style.bold("a") == "a")

        func isColored(_ variables: [String: String], noColor: Bool = false) -> Bool {
            Style.of(screen, noColor: noColor, environment: Environment { variables[$0] }).bold("a") != "a"
        }
        #expect(isColored(["TERM": "xterm"]))
        #expect(isColored(["NO_COLOR": ""]))
        #expect(!isColored(["NO_COLOR": "1"]))
        #expect(!isColored(["TERM": "dumb"]))
        #expect(!isColored(["TERM": "xterm"], noColor: true))
    }

    /// Both ends of a pseudo-terminal, by hand: the headers hide posix_openpt and its kin by default.
    private static func pseudoTerminal() throws -> (keyboard: Int32, screen: Int32) {
        let (unlock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)  // TIOCSPTLCK, TIOCGPTN
        let keyboard = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var lock: Int32 = 0
        var number: Int32 = 0
        let isReady = unsafe ioctl(keyboard, unlock, &lock) == 0 && ioctl(keyboard, getNumber, &number) == 0
        try #require(isReady)
        let screen = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        try #require(screen >= 0)
        return (keyboard, screen)
    }
}
