internal import CivilTime
internal import CrisisCare
package import Services
package import Storage

extension Worklist {
    /// The columns of `overdue`, on which scripts rely (cli.md).
    package static let columns = [
        Column("case_number", "Case"), Column("client", "Client"), Column("kind", "What"), Column("about", "About"),
        Column("due_at", "Due"), Column("days_overdue", "Days", .trailing), Column("clinician", "Clinician"),
        Column("site", "Site"), Column("last_contact_at", "Last contact"), Column("attempts", "Attempts", .trailing),
        Column("window_ends_on", "Window ends"), Column("phone", "Phone"),
    ]

    package func cells(_ row: OpenDeadline, _ directory: Directory) -> [Cell] {
        [
            .code(row.caseNumber.description), .text(row.clientName), .code(row.deadline.kind.rawValue),
            row.about.isEmpty ? .null : .text(row.about), .instant(row.deadline.dueAt), .int(daysOverdue(row)),
            .text(directory.login(row.clinician)), .text(directory.siteName(row.site)),
            .ifPresent(row.standing.lastContactAt, Cell.instant), .int(row.standing.attempts),
            .ifPresent(row.standing.windowEndsOn, Cell.date), row.phone.isEmpty ? .null : .text(row.phone),
        ]
    }

    package func listing(_ directory: Directory) -> Listing {
        var listing = Listing(columns: Self.columns, rows: rows.map { cells($0, directory) })
        listing.isPart2 = isPart2
        return listing
    }

    /// How the rows of a list are grouped to be counted.
    package enum Grouping: String, CaseIterable, Sendable {
        case clinician
        case site
        case kind
    }

    /// Counts by clinician, site or kind, with the longest overdue of each; most rows first.
    package func counts(by grouping: Grouping, _ directory: Directory) -> Listing {
        var counts: [String: (count: Int, longest: Int)] = [:]
        for row in rows {
            let key =
                switch grouping {
                case .clinician: directory.login(row.clinician)
                case .site: directory.siteName(row.site)
                case .kind: row.deadline.kind.rawValue
                }
            let old = counts[key] ?? (0, Int.min)
            counts[key] = (old.count + 1, max(old.longest, daysOverdue(row)))
        }
        let sorted = counts.sorted { (-$0.value.count, $0.key) < (-$1.value.count, $1.key) }
        return Listing(
            columns: [
                Column(grouping.rawValue, grouping.rawValue.prefix(1).uppercased() + grouping.rawValue.dropFirst()),
                Column("deadlines", "Deadlines", .trailing), Column("days_overdue_most", "Most days", .trailing),
            ],
            rows: sorted.map { [.text($0.key), .int($0.value.count), .int($0.value.longest)] }
        )
    }
}
