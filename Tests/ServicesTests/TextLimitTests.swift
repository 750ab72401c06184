import CivilTime
import CrisisCare
import Services
import Storage
import Testing

/// What is too long for the schema is said in words, with its length, and nothing is saved.
struct TextLimitTests {
    private let desk: CrisisDesk
    private let number: String

    init() throws {
        desk = try CrisisDesk()
        number = try desk.open("One")
    }

    /// Of one character that is two code points and three bytes.
    private static func text(_ length: Int) -> String {
        String(repeating: "e\u{301}", count: length / 2)
    }

    /// The longest is taken, one code point more is refused with its length, and not as a constraint of the schema.
    private func check(
        _ longest: Int,
        as login: String = "casey",
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: (borrowing Session, String) throws -> Void
    ) throws {
        let error = try #require(throws: ServiceError.self, sourceLocation: sourceLocation) {
            try body(try desk.agency.open(as: login), Self.text(longest) + "x")
        }
        guard case .badValue(let message) = error else {
            Issue.record("\(error)", sourceLocation: sourceLocation)
            return
        }
        #expect(message.contains("longer than \(longest) characters"), sourceLocation: sourceLocation)
        #expect(!message.contains("x"), sourceLocation: sourceLocation)
        try desk.expectFailure(as: login, sourceLocation: sourceLocation) { session in
            try body(session, Self.text(longest) + "x")
        }
        try desk.act(as: login, sourceLocation: sourceLocation) { session in try body(session, Self.text(longest)) }
    }

    @Test func `a visit's note and reasons`() throws {
        try check(100_000) { session, text in
            var visit = try desk.visit("2026-11-12T10:00")
            visit.note = text
            _ = try session.logVisit(number, visit)
        }
        try check(2_000) { session, text in
            var visit = try desk.visit("2026-11-12T10:00")
            visit.overrideReason = text
            _ = try session.logVisit(number, visit)
        }
        let logged = try desk.act { try $0.logVisit(number, desk.visit("2026-11-12T11:00")) }
        let id = try #require(logged.loggedVisit)
        try check(2_000) { session, text in _ = try session.voidVisit(number, id, reason: text) }
    }

    @Test func `a plan's entries, its review and its decline`() throws {
        for part in [PlanPart.coping, .lethalMeans, .triggers] {
            try check(10_000) { session, text in
                _ = try session.setPlanPart(number, part, to: [text], replaces: true)
            }
        }
        try check(10_000) { session, text in
            var content = desk.plan()
            content.entries[.coping] = [text]
            _ = try session.activatePlan(number, content, reason: "first plan", at: session.now)
        }
        try check(100_000) { session, text in
            _ = try session.reviewPlan(number, at: session.now, next: nil, note: text)
        }
        try check(2_000) { session, text in
            _ = try session.declinePlan(number, by: .both, reason: text, at: session.now, isDespitePlan: true)
        }
        try desk.act { _ = try $0.activatePlan(number, desk.plan(), reason: "first plan", at: $0.now) }
        try check(2_000) { session, text in
            _ = try session.planToPrint(number, forFamily: true, overrideReason: text)
        }
    }

    @Test func `the reasons of an extension and of a discharge`() throws {
        let end = try #require(CivilDate("2026-12-24"))
        try check(2_000, as: "sam") { session, text in
            _ = try session.extendWindow(number, to: end, requestedBy: "casey", reason: text)
        }
        try check(2_000, as: "sam") { session, text in
            _ = try session.closeEpisode(
                number,
                Discharge(at: session.now, on: session.today),
                reason: "family moved",
                overrideReason: text
            )
        }
    }
}
