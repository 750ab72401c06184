import CivilTime
import CrisisCare
import Glibc
import Reports
import SQLite
import Storage

@testable import Services
@testable import followup

/// A database file that was altered is answered from, or refused with a documented status; what it says of people stays
/// out of the refusals.
///
/// The first byte chooses what is altered, the file or the log beside it, and what else is asked; the rest are `Edits`.
enum DatabaseTarget {
    private static let now = Instant(seconds: 1_795_339_500)
    private static let path = Workplace.folder + "/followup.db"
    /// FUZZ_DATABASE is the folder of the base: a small caseload of a few cases, a part of it still in the log.
    private static let base = Workplace.read(seed("base.db"))
    private static let log = Workplace.read(seed("base.db-wal"))
    private static let caseNumber = "2026-00001"
    private static let person = Identity(osUser: "tester", namedLogin: "admin")

    static func test(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        var database = base
        var log = log
        if choice & 1 == 0 {
            Edits.apply(Array(input.dropFirst()), to: &database)
        } else {
            Edits.apply(Array(input.dropFirst()), to: &log)
        }
        for suffix in ["-wal", "-shm", "-journal"] { Workplace.remove(path + suffix) }
        Workplace.write(database, to: path)
        // Without the log the pages that it holds a later form of are read as they were altered.
        if choice & 2 == 0 { Workplace.write(log, to: path + "-wal") }

        refuseQuietly {
            let session = try Session.open(path, as: person, now: now)
            refuseQuietly { try overdue(session) }
            refuseQuietly { try show(session) }
            refuseQuietly { try more(session, choice >> 2) }
            refuseQuietly { try check(session) }
        }
    }

    private static func overdue(_ session: borrowing Session) throws {
        var query = WorklistQuery()
        query.withinDays = 30
        let (worklist, directory) = try session.worklist("overdue", query)
        show(worklist.listing(directory), session.zone)
        show(worklist.todayListing(directory), session.zone)
    }

    private static func show(_ session: borrowing Session) throws {
        let view = try session.caseView(caseNumber, asOf: nil, overrideReason: "fuzz")
        var presentation = Presentation.plain(zone: session.zone)
        presentation.width = 80
        require(!ShowText(presentation: presentation, isWhole: true).render(view).isEmpty, "a case is shown")
        for section in view.detail.sections {
            if case .listing(let listing) = section.content { show(listing, session.zone) }
        }
    }

    private static func check(_ session: borrowing Session) throws {
        for finding in try Inspection.run(session) { tellsNothing(finding) }
    }

    /// One of the other readings, or a change.
    private static func more(_ session: borrowing Session, _ choice: UInt8) throws {
        switch choice % 11 {
        case 10: for finding in try Inspection.runReadOnly(path, now: now) { tellsNothing(finding) }
        case 0: show(try session.auditListing(AuditQuery()), session.zone)
        case 1: _ = try session.verifyAudit()
        case 2: show(try session.episodeList(EpisodeQuery()), session.zone)
        case 3: show(try session.changes(ChangeQuery(since: .distantPast)), session.zone)
        case 4:
            for file in CaseloadFile.allCases { try session.exportCaseload(file, in: Period()) { _ in } }
        case 5:
            _ = try session.totals()
            show(try session.clinicianCaseload(CaseloadQuery()), session.zone)
        case 6:
            _ = try session.showPlan(caseNumber, isDraft: false)
            _ = try session.planHistory(caseNumber)
            show(try session.visitList(caseNumber), session.zone)
        case 7:
            show(try session.clientList(marker, limit: nil), session.zone)
            show(try session.referralList(nil, openOnly: false), session.zone)
        case 8:
            var visit = NewVisit(at: now.adding(seconds: -3_600), mode: .phone, result: .completed, with: .youth)
            visit.minutes = 30
            visit.note = "a note"
            _ = try session.logVisit(caseNumber, visit)
        default:
            _ = try session.closeEpisode(
                caseNumber,
                Discharge(on: session.today, in: session.zone),
                reason: "met treatment goals",
                overrideReason: "a reason"
            )
        }
    }

    private static func refuseQuietly(_ body: () throws -> Void) {
        do {
            try body()
        } catch {
            requireTellsNothing(error)
            requireTellsNothing(Failure.of(error, database: path).text)
        }
    }

    private static func tellsNothing(_ finding: Finding) {
        requireTellsNothing(finding.finding)
        requireTellsNothing(finding.remedy)
    }

    /// As a table and as JSON, which take every text of the record as it is.
    private static func show(_ listing: Listing, _ zone: Zone) {
        var presentation = Presentation.plain(zone: zone)
        presentation.width = 60
        let text = TableText(presentation: presentation).render(listing)
        let isSafe = text.unicodeScalars.allSatisfy { $0 == "\n" || !VisibleText.isHidden($0) }
        require(isSafe, "nothing that a terminal obeys")
        var json: [UInt8] = []
        JSONText(zone: zone).append(listing, indent: "", to: &json)
    }

    private static func seed(_ name: String) -> String {
        let folder = getenv("FUZZ_DATABASE").map { String(cString: $0) } ?? "."
        return "\(folder)/\(name)"
    }
}
