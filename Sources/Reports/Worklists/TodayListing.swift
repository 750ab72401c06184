internal import CivilTime
internal import CrisisCare
package import Services
package import Storage

extension Worklist {
    /// What `today` sorts a row into.
    package enum Urgency: String, CaseIterable, Sendable {
        case overdue
        case today
        case soon
    }

    package func urgency(_ row: OpenDeadline) -> Urgency {
        if row.deadline.isOverdue(at: asOf) { return .overdue }
        return daysOverdue(row) == 0 ? .today : .soon
    }

    /// Civil days until the window's last day, negative when it is over; `nil` where there is no window.
    package func windowDaysLeft(_ row: OpenDeadline) -> Int? {
        row.standing.windowEndsOn.map { $0.days(since: zone.date(of: asOf)) }
    }

    /// The columns of `today` for programs: how urgent, those of `overdue`, and how long the window is still open.
    package func todayListing(_ directory: Directory) -> Listing {
        var listing = Listing(
            columns: [Column("urgency", "When")] + Self.columns + [Self.daysLeftColumn],
            rows: rows.map { row in
                [.code(urgency(row).rawValue)] + cells(row, directory) + [.ifPresent(windowDaysLeft(row), Cell.int)]
            }
        )
        listing.isPart2 = isPart2
        return listing
    }

    /// The columns of `today` for people, who read the groups one below the other: what, for whom, and how to reach
    /// them.
    package static let todayColumns = [
        Column("case_number", "Case"), Column("client", "Client"), Column("what", "What"), Column("due_at", "Due"),
        Column("days_since_contact", "Days since contact", .trailing),
        daysLeftColumn, Column("phone", "Phone"),
    ]

    private static let daysLeftColumn = Column("window_days_left", "Days left", .trailing)

    /// The rows of one group for people, in the order of the list.
    package func todayRows(_ urgency: Urgency) -> [[Cell]] {
        rows.filter { self.urgency($0) == urgency }.map { row in
            let what = [row.deadline.kind.words, row.about].filter { !$0.isEmpty }.joined(separator: ": ")
            return [
                .code(row.caseNumber.description), .text(row.clientName), .text(what),
                row.deadline.kind.isDueAtInstant ? .instant(row.deadline.dueAt) : .date(row.dueDay(in: zone)),
                .ifPresent(row.standing.lastContactAt) { .int(zone.date(of: asOf).days(since: zone.date(of: $0))) },
                .ifPresent(windowDaysLeft(row), Cell.int), row.phone.isEmpty ? .null : .text(row.phone),
            ]
        }
    }
}
