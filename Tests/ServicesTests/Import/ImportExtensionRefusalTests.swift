import CivilTime
import CrisisCare
import Services
import Storage
import Testing

/// Rows of extensions.csv that break a rule: an extension is a supervised act, and it is never made up.
struct ImportExtensionRefusalTests {
    private let agency: TestAgency

    init() throws {
        agency = try TestAgency()
    }

    private func refuse(_ change: [String: String], _ rule: Rule, episode: [String: String] = [:]) throws {
        var files = CaseloadFiles()
        files.episode("A", episode)
        let line = files.windowExtension("A", change)
        try agency.expectRefusal(of: files, .extensions, line: line, rule, secret: "awaiting")
    }

    @Test func `an extension that nobody approved is refused`() throws {
        try refuse(["approved_by": ""], .extensionNeedsSupervisor)
    }

    @Test func `an extension that the case's clinician approved is refused`() throws {
        try refuse(["approved_by": "casey"], .extensionSelfApproved)
    }

    @Test func `a known clinician who is no supervisor cannot approve`() throws {
        let session = try agency.open()
        try session.addSite(named: "Hartford", towns: [])
        try session.addSite(named: "Danbury", towns: [])
        try session.addStaff(login: "kim", name: "", grants: [NamedGrant(role: .clinician, site: "Hartford")])
        try refuse(["approved_by": "kim"], .extensionNeedsSupervisor)
        // Nor does the import make a supervisor of somebody who is on the staff list.
        #expect(try session.staffList().first { $0.login == "kim" }?.roles == "clinician@Hartford")
    }

    @Test func `a supervisor of another site cannot approve, one of the case's site and one of all sites can`() throws {
        let session = try agency.open()
        for site in ["Hartford", "Danbury"] {
            try session.addSite(named: site, towns: [])
            try session.addStaff(login: "s" + site, name: "", grants: [NamedGrant(role: .supervisor, site: site)])
        }
        try session.addStaff(login: "all", name: "", grants: [NamedGrant(role: .supervisor, site: nil)])
        var files = CaseloadFiles()
        files.episode("A")
        files.windowExtension("A", ["approved_by": "sHartford", "new_end": "2026-10-15"])
        files.windowExtension("A", ["approved_by": "all", "granted_at": "2026-10-11T10:00:00-04:00"])
        let line = files.windowExtension("A", ["approved_by": "sDanbury", "new_end": "2026-10-21"])
        try agency.expectRefusal(of: files, .extensions, line: line, .extensionNeedsSupervisor)
    }

    @Test func `fourteen days beyond the window are kept, fifteen refused`() throws {
        var files = CaseloadFiles()
        files.episode("A")
        files.windowExtension("A", ["new_end": "2026-10-27"])
        try agency.expectKept(files)
        let other = try TestAgency()
        var late = CaseloadFiles()
        late.episode("A")
        let line = late.windowExtension("A", ["new_end": "2026-10-28"])
        try other.expectRefusal(of: late, .extensions, line: line, .extensionTooLong)
    }

    @Test func `two extensions together do not pass fourteen days`() throws {
        var files = CaseloadFiles()
        files.episode("A")
        files.windowExtension("A", ["new_end": "2026-10-20"])
        let line = files.windowExtension("A", ["granted_at": "2026-10-18T10:00:00-04:00", "new_end": "2026-10-28"])
        try agency.expectRefusal(of: files, .extensions, line: line, .extensionTooLong)
    }

    @Test(arguments: ["2026-10-13", "2026-10-01"])
    func `an extension that lengthens nothing is refused`(end: String) throws {
        try refuse(["new_end": end], .extensionTooLong)
    }

    @Test func `an extension before the arrival is refused, one of its second is not`() throws {
        var files = CaseloadFiles()
        files.episode("A")
        files.windowExtension("A", ["granted_at": "2026-09-01T10:40:00-04:00"])
        try agency.expectKept(files)
        let other = try TestAgency()
        var early = CaseloadFiles()
        early.episode("A")
        let line = early.windowExtension("A", ["granted_at": "2026-09-01T10:39:59-04:00"])
        try other.expectRefusal(of: early, .extensions, line: line, .beforeArrival)
        var before = CaseloadFiles()
        before.episode("B")
        let second = before.windowExtension("B", ["granted_at": "2026-09-01T09:59:59-04:00"])
        try other.expectRefusal(of: before, .extensions, line: second, .beforeEpisode)
    }

    @Test func `an extension without a response, without a window, after the discharge or in the future is refused`()
        throws
    {
        try refuse([:], .beforeArrival, episode: ["arrived_at": "", "case_ref": "A", "location": ""])
        let discharged = ["discharged_on": "2026-10-09", "discharge_reason": "met treatment goals"]
        try TestRefusal(["case_ref": "A"], .episodeClosed, episode: discharged).run()
        try TestRefusal(["granted_at": "2026-11-20T09:00:01-05:00"], .inTheFuture).run()
        try TestRefusal([:], .noWindow, episode: ["program": "adult mobile crisis"]).run()
    }

    /// A refusal in an agency of its own.
    private struct TestRefusal {
        let change: [String: String]
        let rule: Rule
        let episode: [String: String]

        init(_ change: [String: String], _ rule: Rule, episode: [String: String] = [:]) {
            self.change = change
            self.rule = rule
            self.episode = episode
        }

        func run() throws {
            var files = CaseloadFiles()
            files.episode("A", episode)
            let line = files.windowExtension("A", change)
            try TestAgency().expectRefusal(of: files, .extensions, line: line, rule)
        }
    }

    @Test(arguments: [["new_end": ""], ["new_end": "20 October"], ["granted_at": ""]])
    func `an extension whose dates cannot be read is refused`(change: [String: String]) throws {
        try refuse(change, .badValue)
    }
}
