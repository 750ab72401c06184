import CivilTime
import CrisisCare
import Services
import Storage
import Testing

/// The machine's clock was wrong for a while.
struct ClockInspectionTests {
    private static func finding(_ agency: TestAgency, at now: Instant) throws -> Finding {
        let findings = try Inspection.runReadOnly(agency.path, now: now)
        #expect(findings.allSatisfy { $0.severity != .error }, "\(findings.filter { $0.severity == .error })")
        return try #require(findings.first { $0.check == "clock" })
    }

    @Test func `what is dated after now is told, beyond what good clocks differ by`() throws {
        let desk = try CrisisDesk()
        try desk.act(as: "admin", at: "2026-11-20T09:05") { try $0.addSite(named: "Later", towns: []) }
        #expect(try Self.finding(desk.agency, at: desk.instant("2026-11-20T09:00")).severity == .ok)
        try desk.act(as: "admin", at: "2026-11-23T09:06") { try $0.addSite(named: "Latest", towns: []) }
        #expect(try Self.finding(desk.agency, at: desk.instant("2026-11-23T09:01")).severity == .ok)
        let told = try Self.finding(desk.agency, at: desk.instant("2026-11-20T09:01"))
        #expect(told.severity == .warning)
        #expect(told.finding.hasPrefix("1 audit entries are dated after now, the last by 3 days"), "\(told.finding)")
    }

    @Test func `a record that was voided before it was recorded is the clock's fault if the audit says so`() throws {
        let desk = try CrisisDesk()
        let request = try desk.request("One")
        let number = try desk.act(at: "2026-11-25T10:00") { try $0.openEpisode(request).caseNumber.description }
        try desk.act(as: "sam", at: "2026-11-20T10:00") { _ = try $0.voidEpisode(number, reason: "entered twice") }
        let told = try Self.finding(desk.agency, at: desk.instant("2026-11-26T10:00"))
        #expect(told.severity == .warning)
        #expect(told.finding == "1 cases voided before they were recorded: the machine's clock was set back between")
    }
}
