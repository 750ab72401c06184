package import CivilTime
internal import CrisisCare
package import Services
internal import SQLite
internal import Storage

/// Which episodes `episode list` shows.
package struct EpisodeQuery: Sendable {
    package var period = Period()
    package var asOf: Instant?
    package var openOnly = true
    package var clinician: String?
    package var site: String?
    package var program: String?
    package var limit: Int?

    package init() {}
}

extension Session {
    package static var episodeColumns: [Column] {
        [
            Column("case_number", "Case"), Column("client", "Client"), Column("program", "Program"),
            Column("site", "Site"), Column("clinician", "Clinician"), Column("call_received_at", "Call"),
            Column("response_mode", "Response"), Column("window_ends_on", "Window ends"),
            Column("last_contact_at", "Last contact"), Column("attempts", "Attempts", .trailing),
            Column("discharged_on", "Discharged"), Column("overdue", "Overdue", .trailing),
        ]
    }

    /// Episodes that the person may see, by the time of the call, then by case number.
    package borrowing func episodeList(_ query: EpisodeQuery) throws -> Listing {
        try read("episode list", needing: .readCases) { db in
            let context = try RuleContext(now: now, zone: zone, in: db)
            let directory = context.directory
            let clinician = try query.clinician.map { try directory.requireStaff($0).id }
            let site = try query.site.map { try directory.requireSite($0).id }
            let program = try query.program.map { try directory.requireProgram($0) }
            var listing = Listing(columns: Self.episodeColumns)
            try SummaryReader.forEach(
                in: query.period,
                asOf: query.asOf ?? now,
                at: actor.scope(of: .readCases),
                context,
                in: db
            ) { summary in
                let record = summary.record
                guard query.limit.map({ listing.rows.count < $0 }) ?? true,
                    clinician.map({ $0 == record.clinician }) ?? true,
                    site.map({ $0 == record.site }) ?? true, program.map({ $0 == record.program }) ?? true,
                    !query.openOnly || summary.history.discharge == nil
                else { return }
                let standing = CaseStanding(of: summary.history, under: summary.practice)
                listing.append([
                    .code(record.caseNumber.description), .text(summary.client.displayName),
                    .ifPresent(directory.policies.name(of: record.program), Cell.code),
                    .text(directory.siteName(record.site)), .text(directory.login(record.clinician)),
                    .instant(record.callReceivedAt), .code(record.mode.rawValue),
                    .ifPresent(standing.windowEndsOn, Cell.date), .ifPresent(standing.lastContactAt, Cell.instant),
                    .int(standing.attempts), .ifPresent(summary.history.discharge?.on, Cell.date),
                    .int(summary.overdue),
                ])
            }
            return listing
        }
    }

    /// The visits of a case, by occurrence, then by entry, with the ids by which they are voided.
    package borrowing func visitList(_ text: String) throws -> Listing {
        try read("visit list", needing: .readCases, of: text) { db in
            let directory = try Directory.load(in: db)
            let record = try CaseFinder.readable(text, by: actor, in: db)
            let visits = try VisitStore.records(of: record.id, in: db)
            return Listing(
                columns: [
                    Column("visit_id", "Visit"), Column("case_number", "Case"), Column("at", "When"),
                    Column("mode", "How"), Column("result", "Result"), Column("with", "With"),
                    Column("minutes", "Minutes", .trailing), Column("clinician", "Clinician"),
                    Column("next", "Next promised"), Column("note", "Note"),
                ],
                rows: visits.map { visit in
                    [
                        .code(String(visit.visit.id.value)), .code(record.caseNumber.description),
                        .instant(visit.visit.at), .code(visit.visit.mode.rawValue),
                        .code(visit.visit.result.rawValue), .code(visit.visit.with.rawValue),
                        .ifPresent(visit.minutes, Cell.int), .text(directory.login(visit.clinician)),
                        .ifPresent(visit.visit.promisedNext, Cell.date),
                        visit.note.isEmpty ? .null : .text(visit.note),
                    ]
                }
            )
        }
    }
}
