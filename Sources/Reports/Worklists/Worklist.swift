package import CivilTime
package import CrisisCare
package import SQLite
internal import Services
package import Storage

/// What a worklist is asked for.
package struct WorklistRequest: Sendable {
    /// The instant for which it is asked; `nil` is now.
    package var asOf: Instant?
    package var filter = DeadlineFilter()
    /// With what falls due in so many days after the day of the as-of instant; `nil` is what is overdue alone.
    package var withinDays: Int?
    package var limit: Int?

    package init() {}
}

/// Open deadlines in the order of `overdue`: the one source of every list, count, file and check of what is owed.
///
/// As of now the stored deadlines are read, at a cost that follows the rows listed. As of an earlier instant they are
/// computed from the facts up to then, by the rules that stored them (practice.md section 2).
package struct Worklist: Sendable {
    package let rows: [OpenDeadline]
    package let asOf: Instant
    package let zone: Zone

    /// Whether a row is of an episode under 42 CFR part 2.
    package var isPart2: Bool { rows.contains(where: \.part2) }

    package static func read<Mode>(
        _ request: WorklistRequest,
        within scope: SiteScope,
        _ context: RuleContext,
        in db: borrowing Access<Mode>
    ) throws -> Worklist {
        let asOf = request.asOf ?? context.now
        let end = end(of: request, asOf: asOf, in: context.zone)
        var rows: [OpenDeadline] = []
        if asOf >= context.now {
            for filter in filters(request.filter, within: scope) {
                rows += try OpenDeadlineStore.rows(dueBefore: end, filter, limit: request.limit, in: db)
            }
        } else {
            rows = try PastWorklist.rows(asOf: asOf, dueBefore: end, request.filter, scope, context, in: db)
        }
        rows.sort(by: OpenDeadline.precedes)
        if let limit = request.limit { rows = Array(rows.prefix(limit)) }
        return Worklist(rows: rows, asOf: asOf, zone: context.zone)
    }

    /// Due before this instant is what is listed.
    private static func end(of request: WorklistRequest, asOf: Instant, in zone: Zone) -> Instant {
        guard let days = request.withinDays else { return asOf }
        return max(asOf, zone.startOfDay(zone.date(of: asOf).adding(days: days + 1)))
    }

    /// One filter for each site of a person who sees some alone, so that each is served by its index.
    private static func filters(_ filter: DeadlineFilter, within scope: SiteScope) -> [DeadlineFilter] {
        guard case .some(let sites) = scope else { return [filter] }
        return sites.filter { filter.site == nil || filter.site == $0 }.sorted().map { site in
            var filter = filter
            filter.site = site
            return filter
        }
    }

    /// Civil days between the day of the as-of instant and the day due; negative for what is not due yet (cli.md).
    package func daysOverdue(_ row: OpenDeadline) -> Int {
        zone.date(of: asOf).days(since: zone.date(of: row.deadline.dueAt))
    }
}
