import CivilTime
import Reports
import Testing

@testable import followup

/// The drawing of a case: one scale for every lane, whatever the width.
struct TimelineTextTests {
    private typealias Mark = CaseTimeline.Mark
    private typealias Lane = CaseTimeline.Lane

    private func placed(_ marks: [(Int, Mark)]) -> [CaseTimeline.PlacedMark] {
        marks.map { CaseTimeline.PlacedMark($0, $1) }
    }

    private func timeline(
        window: CaseTimeline.Window? = CaseTimeline.Window(regularEnd: 42, lastDay: 42),
        asOfDay: Int? = 9,
        course: [(Int, Mark)] = [(0, .call), (0, .arrival)],
        contacts: [(Int, Mark)] = [(1, .contact), (1, .contact), (8, .contact)],
        attempts: [(Int, Mark)] = [],
        referrals: [(Int, Mark)] = [],
        due: [(Int, Mark)] = [(7, .missed), (9, .due), (42, .due)]
    ) throws -> CaseTimeline {
        CaseTimeline(
            dayZero: try #require(CivilDate("2026-11-10")),
            window: window,
            asOfDay: asOfDay,
            course: placed(course),
            lanes: [
                Lane("Contacts", placed(contacts)), Lane("Attempts", isShownEmpty: false, placed(attempts)),
                Lane("Referrals", isShownEmpty: false, placed(referrals)), Lane("Due", placed(due)),
            ]
        )
    }

    private func drawn(
        _ timeline: CaseTimeline,
        width: Int? = nil,
        ascii: Bool = false,
        style: Style = .plain
    ) throws -> String {
        let zone = try OutputFixture.newYork.get()
        return TimelineText(presentation: Presentation(zone: zone, width: width, ascii: ascii, style: style))
            .render(timeline)
    }

    @Test func `a case is drawn from the call to the window's last day, with today across its lanes`() throws {
        let expected = """
            Day        0      7      14     21     28     35     42
            Window     ▾──────┼──────┼──────┼──────┼──────┼──────┤
            Contacts    2      ●│
            Due               ◆ ◇                                ◇
                                ▲ day 9, 2026-11-19
            ▾ arrival   ◆ missed   ◇ due   ● contact   2-9 how many

            """
        #expect(try drawn(timeline()) == expected)
    }

    @Test func `a locale without UTF-8 gets the same drawing in ASCII`() throws {
        let expected = """
            Day        0      7      14     21     28     35     42
            Window     A------+------+------+------+------+------|
            Contacts    2      C|
            Due               m d                                d
                                ^ day 9, 2026-11-19
            A arrival   m missed   d due   C contact   2-9 how many

            """
        let text = try drawn(timeline(), ascii: true)
        #expect(text == expected)
        let unicode = try drawn(timeline())
        let lengths = { (text: String) in text.split(separator: "\n").map(\.displayWidth) }
        #expect(lengths(text) == lengths(unicode))
        for mark in Mark.allCases {
            let sign = TimelineSign(mark: mark)
            #expect(sign.character(ascii: true).isASCII && !sign.character(ascii: false).isASCII || mark == .overdue)
            #expect(sign.character(ascii: false).displayWidth == 1, "\(mark)")
        }
    }

    @Test func `the call on the day before, an extension and two signs of a day have their places`() throws {
        let full = try timeline(
            window: CaseTimeline.Window(regularEnd: 42, lastDay: 49),
            asOfDay: 44,
            course: [(-1, .call), (0, .arrival)],
            contacts: [(3, .contact)],
            attempts: [(2, .attempt), (2, .attempt), (2, .attempt)],
            referrals: [(5, .referralStep), (5, .referralSent), (60, .appointment)],
            due: [(43, .overdue), (49, .due)]
        )
        let narrow = """
            Day         0      7      14     21     28     35     42     49     56
            Window     ▸▾──────┼──────┼──────┼──────┼──────┼──────┼══════┤
            Contacts       ●                                        │
            Attempts      3                                         │
            Referrals        →                                      │               △
            Due                                                    !│    ◇
                                                                    ▲ day 44, 2026-12-24
            ▾ arrival   ▸ call   ! overdue   ◇ due   ● contact   ○ attempt   → sent
            △ appointment   2-9 how many

            """
        #expect(try drawn(full) == narrow)
        // Twice as wide, the two steps of day 5 stand side by side and the attempts of day 2 are still too many.
        let wide = try drawn(full, width: 160)
        let scale = wide.split(separator: "\n").map(String.init)
        #expect(scale[4].contains("∙→"))
        #expect(scale[3].contains("3"))
        #expect(scale[1].hasPrefix("Window     ▸·▾───"))
    }

    @Test func `no line is wider than the terminal at any width, and the lanes keep to one scale`() throws {
        let timeline = try timeline(
            course: [(-2, .call), (0, .arrival)],
            contacts: (1...40).map { ($0, .contact) },
            due: [(42, .due)]
        )
        for width in 30...200 {
            for ascii in [false, true] {
                let lines = try drawn(timeline, width: width, ascii: ascii).split(separator: "\n").map(String.init)
                for line in lines { #expect(line.displayWidth <= width, "width \(width): \(line)") }
                let due = ascii ? "d" : "◇"
                let end = ascii ? "|" : "┤"
                let window = try #require(lines.first { $0.hasPrefix("Window") })
                let lane = try #require(lines.first { $0.hasPrefix("Due") })
                #expect(
                    window.lastIndex(of: Character(end)).map { window.distance(from: window.startIndex, to: $0) }
                        == lane.lastIndex(of: Character(due)).map { lane.distance(from: lane.startIndex, to: $0) },
                    "width \(width)"
                )
            }
        }
    }

    @Test func `a case long past its window points to today, and is not squeezed`() throws {
        let lines = try drawn(timeline(asOfDay: 442, contacts: [], due: [(42, .overdue)])).split(separator: "\n")
        #expect(lines[0] == "Day        0      7      14     21     28     35     42")
        #expect(lines.contains { $0.hasSuffix("day 442, 2028-01-26 »") })
    }

    @Test func `a case without a window is drawn to today, years in one line`() throws {
        let open = try timeline(window: nil, asOfDay: 700, course: [(0, .call)], contacts: [(350, .contact)], due: [])
        let lines = try drawn(open).split(separator: "\n").map(String.init)
        #expect(lines[1].hasPrefix("Course     ▸──"))
        #expect(!lines[1].contains("┤"))
        for line in lines { #expect(line.displayWidth <= 80) }
        let bar = try #require(lines[2].firstIndex(of: "│"))
        let contact = try #require(lines[2].firstIndex(of: "●"))
        let start = lines[2].index(lines[2].startIndex, offsetBy: 11)
        let (half, whole) = (lines[2].distance(from: start, to: contact), lines[2].distance(from: start, to: bar))
        #expect(abs(2 * half - whole) <= 1)
        let closed = try timeline(
            window: nil,
            asOfDay: nil,
            course: [(0, .call), (1, .discharge)],
            contacts: [],
            due: []
        )
        #expect(
            try drawn(closed, ascii: true) == """
                Day        0                    7
                Course     [--]------------------
                Contacts
                Due
                ] discharge   [ call

                """
        )
    }

    @Test func `color marks what is overdue, and a pipe has none`() throws {
        let late = try timeline(due: [(7, .overdue)])
        #expect(try drawn(late, style: .colored).contains("\u{1B}[31m!\u{1B}[0m"))
        #expect(try !drawn(late).contains("\u{1B}"))
    }
}
