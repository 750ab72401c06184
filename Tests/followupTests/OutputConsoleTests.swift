import Testing

@testable import followup

struct OutputConsoleTests {
    private func said(quiet: Bool, style: Style = .plain) throws -> String {
        try OutputFixture.written { descriptor in
            let console = Console(quiet: quiet, style: style, descriptor: descriptor)
            console.note("saved")
            console.warn("a near match exists")
            console.error("the disk is full")
        }
    }

    @Test func `quiet silences notes and warnings, never errors`() throws {
        #expect(try said(quiet: false) == "saved\nwarning: a near match exists\nerror: the disk is full\n")
        #expect(try said(quiet: true) == "error: the disk is full\n")
    }

    @Test func `labels are colored and messages are not`() throws {
        let expected =
            "saved\n\u{1B}[33mwarning:\u{1B}[0m a near match exists\n"
            + "\u{1B}[31merror:\u{1B}[0m the disk is full\n"
        #expect(try said(quiet: false, style: .colored) == expected)
    }

    @Test func `a style that is off adds nothing, and one that is on wraps the text`() {
        for mark in [Style.plain.bold, Style.plain.red, Style.plain.yellow, Style.plain.dim] {
            #expect(mark("due") == "due")
        }
        #expect(Style.colored.bold("due") == "\u{1B}[1mdue\u{1B}[0m")
        #expect(Style.colored.red("due") == "\u{1B}[31mdue\u{1B}[0m")
        #expect(Style.colored.red("") == "")
    }

    @Test(arguments: [
        (["LC_ALL": "C.UTF-8"], true), (["LANG": "en_US.utf8"], true), (["LC_CTYPE": "UTF-8"], true),
        (["LANG": "ca_ES.UTF-8@valencia"], true), (["LANG": "de_DE.ISO-8859-1"], false),
        (["LC_CTYPE": "en_US.UTF-8", "LANG": "C"], true),
        (["LC_ALL": "C", "LANG": "en_US.UTF-8"], false), (["LC_ALL": "", "LANG": "en_US.UTF-8"], true),
        (["LANG": "en_US.ISO-8859-1"], false), ([:], false),
    ])
    func `the first locale variable that is set decides about UTF-8`(variables: [String: String], isUTF8: Bool) {
        #expect(Environment { variables[$0] }.isUTF8 == isUTF8)
    }

    @Test func `progress shows at most ten lines a second, of counts only, and erases itself`() throws {
        var now: Int64 = 0
        let shown = try OutputFixture.written { descriptor in
            let progress = Progress(
                "Reading visits.csv",
                total: 12_000,
                quiet: false,
                descriptor: descriptor,
                isActive: true,
                clock: { now }
            )
            now = 99
            progress.update(1)
            now = 100
            progress.update(6_000)
            now = 199
            progress.update(6_001)
            now = 200
            progress.update(11_999)
            now = 350
            progress.update(13_000)
            progress.finish()
            progress.finish()
        }
        let expected =
            "\rReading visits.csv  6,000 of 12,000  50 %\u{1B}[K\rReading visits.csv  11,999 of 12,000  99 %\u{1B}[K"
            + "\rReading visits.csv  13,000 of 12,000  100 %\u{1B}[K\r\u{1B}[K"
        #expect(shown == expected)
    }

    @Test func `progress without a known total counts, and is erased when its work is broken off`() throws {
        var now: Int64 = 0
        let shown = try OutputFixture.written { descriptor in
            let progress = Progress(
                "Checking",
                total: nil,
                quiet: false,
                descriptor: descriptor,
                isActive: true,
                clock: { now }
            )
            now = 500
            progress.update(1_234_567)
        }
        #expect(shown == "\rChecking  1,234,567\u{1B}[K\r\u{1B}[K")
    }

    @Test func `progress of what cannot be counted says at once what is done, and is erased`() throws {
        let shown = try OutputFixture.written { descriptor in
            let progress = Progress("Saving", total: nil, quiet: false, descriptor: descriptor, isActive: true) { 0 }
            progress.showLabel()
            progress.finish()
        }
        #expect(shown == "\rSaving\u{1B}[K\r\u{1B}[K")
    }

    @Test func `progress is silent when quiet, and where there is no terminal`() throws {
        var now: Int64 = 0
        let shown = try OutputFixture.written { descriptor in
            let quiet = Progress("a", total: 1, quiet: true, descriptor: descriptor, isActive: true, clock: { now })
            let piped = Progress("b", total: 1, quiet: false, descriptor: descriptor, clock: { now })
            now = 500
            quiet.update(1)
            quiet.showLabel()
            piped.update(1)
            piped.showLabel()
        }
        #expect(shown.isEmpty)
    }
}
