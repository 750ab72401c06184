internal import CivilTime
internal import CrisisCare
package import Services
internal import SQLite
internal import Storage

extension Session {
    /// The visits of a case, by occurrence, then by entry, with the ids by which they are voided.
    package borrowing func visitList(_ text: String) throws -> Listing {
        try read("visit list", needing: .readCases, of: text) { db in
            let directory = try Directory.load(in: db)
            let record = try CaseFinder.readable(text, by: actor, in: db)
            let visits = try VisitStore.records(of: record.id, in: db)
            var listing = Listing(
                columns: [
                    Column("visit_id", "Visit"), Column("case_number", "Case"), Column("at", "When"),
                    Column("mode", "How"), Column("result", "Result"), Column("with", "With"),
                    Column("minutes", "Minutes", .trailing), Column("clinician", "Clinician"),
                    Column("next", "Next promised"), Column("note", "Note"), Column("version", "Version", .trailing),
                ],
                rows: visits.map { visit in
                    [
                        .code(String(visit.visit.id.value)), .code(record.caseNumber.description),
                        .instant(visit.visit.at), .code(visit.visit.mode.rawValue),
                        .code(visit.visit.result.rawValue), .code(visit.visit.with.rawValue),
                        .ifPresent(visit.minutes, Cell.int), .text(directory.login(visit.clinician)),
                        .ifPresent(visit.visit.promisedNext, Cell.date),
                        visit.note.isEmpty ? .null : .text(visit.note), .int(visit.version),
                    ]
                }
            )
            listing.isPart2 = record.part2
            return listing
        }
    }
}
