import CivilTime
import CrisisCare
import Services
import Storage
import Testing

/// An episode that was answered by phone and is over: opened and closed in one transaction.
struct PhoneEpisodeTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    private func record(_ name: String, reason: String, endedAt: String? = nil, isDryRun: Bool = false) throws -> String
    {
        let request = try desk.request(name, call: "2026-11-20T08:30")
        let end = try endedAt.map(desk.instant)
        return try desk.agency.open(as: "casey")
            .recordPhoneEpisode(request, endedAt: end, reason: reason, isDryRun: isDryRun).caseNumber.description
    }

    @Test func `it is closed, owes nothing, and asks for no plan`() throws {
        let number = try record("One", reason: "met treatment goals")
        let episode = try desk.record(number)
        #expect(episode.mode == .phone && episode.discharge?.at == desk.agency.now)
        #expect(try desk.openDeadlines(number) == [])
        let actions = try desk.agency.auditEntries().suffix(2).map(\.action)
        #expect(actions == ["episode open", "episode close"])
    }

    @Test func `the close clock is met by a discharge on the day of the call`() throws {
        let number = try record("One", reason: "met treatment goals", endedAt: "2026-11-20T08:50")
        #expect(try desk.deadlines(number) == ["close 2026-11-21T23:59 met"])
    }

    @Test func `an end before the call is refused, and nothing of the episode is kept`() throws {
        let before = try desk.agency.tableCounts()
        let refusal = #expect(throws: RuleViolation.self) {
            _ = try record("One", reason: "met treatment goals", endedAt: "2026-11-20T08:29")
        }
        #expect(refusal?.rule == .beforeArrival)
        #expect(throws: RuleViolation.self) { _ = try record("Two", reason: "unable to reach") }
        #expect(throws: ServiceError.self) { _ = try record("Three", reason: "no such reason") }
        _ = try record("Four", reason: "met treatment goals", isDryRun: true)
        #expect(try desk.agency.tableCounts() == before)
    }
}
