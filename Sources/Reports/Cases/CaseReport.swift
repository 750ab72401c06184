package import CivilTime
package import CrisisCare
package import SQLite
internal import Services
internal import Storage

/// The whole case on one screen: who, the clocks with what became of them, and what happened.
package enum CaseReport {
    package static func view<Mode>(
        of text: String,
        asOf: Instant,
        by actor: Actor,
        _ context: RuleContext,
        showsCaregiver: Bool = false,
        in db: borrowing Access<Mode>
    ) throws -> CaseView {
        let record = try CaseFinder.readable(text, by: actor, in: db)
        guard let client = try ClientStore.find(record.client, in: db),
            let history = try HistoryStore.history(of: record, in: db).asOf(asOf)
        else {
            throw ServiceError.notFound(
                what: "the case had not begun at that time",
                hint: "Give a later --as-of, or leave it out."
            )
        }
        let practice = try context.practice(of: record)
        let records = CaseRecords(
            episode: record,
            visits: try VisitStore.records(of: record.id, in: db),
            extensions: try ExtensionStore.records(of: record.id, in: db),
            plans: history.plans,
            reviews: history.reviews,
            planDeclinedAt: history.planDeclinedAt,
            referrals: try ReferralStore.records(of: record.id, in: db)
        )
        var shown = try PastEpisode.record(record, asOf: asOf, context.directory, in: db)
        // Nothing of a caregiver is shown in minor-consented care without a reason (practice.md section 7).
        if record.minorConsented, !showsCaregiver { (shown.caregiverName, shown.caregiverPhone) = ("", "") }
        var detail = CaseFields.detail(shown, client, history, practice, context, asOf: asOf)
        let deadlines = history.deadlines(under: practice)
        detail.add("deadlines", "Clocks", listing(deadlines, records.referrals, context, asOf: asOf))
        detail.add("timeline", "Timeline", timeline(records, history, practice, context, asOf: asOf))
        let course = CaseTimeline(history, deadlines, under: practice, asOf: asOf)
        return CaseView(detail: detail, timeline: course, asOf: asOf)
    }

    private static func listing(
        _ deadlines: [Deadline],
        _ referrals: [ReferralRecord],
        _ context: RuleContext,
        asOf: Instant
    ) -> Listing {
        let all = deadlines.sorted {
            ($0.dueAt, $0.kind.rawValue, $0.startedAt, $0.startedBy)
                < ($1.dueAt, $1.kind.rawValue, $1.startedAt, $1.startedBy)
        }
        return Listing(
            columns: [
                Column("kind", "What"), Column("about", "About"), Column("due_at", "Due"), Column("status", "Status"),
                Column("ended_at", "Ended"),
            ],
            rows: all.map { deadline in
                let about = PastWorklist.about(deadline, referrals, context)
                return [
                    .code(deadline.kind.rawValue), about.isEmpty ? .null : .text(about), .instant(deadline.dueAt),
                    .code(status(of: deadline, asOf: asOf)), .ifPresent(ended(deadline), Cell.instant),
                ]
            }
        )
    }

    static func status(of deadline: Deadline, asOf: Instant) -> String {
        switch deadline.outcome {
        case .open: deadline.isOverdue(at: asOf) ? "overdue" : "open"
        case .met(let at): at > deadline.dueAt ? "met late" : "met"
        case .cancelled(_, let reason): "cancelled: \(reason.rawValue)"
        }
    }

    static func ended(_ deadline: Deadline) -> Instant? {
        switch deadline.outcome {
        case .open: nil
        case .met(let at), .cancelled(let at, _): at
        }
    }

    private static func timeline(
        _ records: CaseRecords,
        _ history: EpisodeHistory,
        _ practice: Practice,
        _ context: RuleContext,
        asOf: Instant
    ) -> Listing {
        let firstDay = history.response.map(context.zone.date)
        var rows: [(at: Instant, cells: [Cell])] = records.events(
            until: asOf,
            response: history.response,
            context.directory.codes
        ).map { event in
            let day = firstDay.map { context.zone.date(of: event.at).days(since: $0) }
            return (
                event.at,
                [
                    .instant(event.at), .ifPresent(day, Cell.int), .code(event.what),
                    event.detail.isEmpty ? .null : .text(event.detail),
                    .ifPresent(event.by) { .text(context.directory.login($0)) },
                ]
            )
        }
        if let window = history.window(under: practice), history.discharge == nil {
            let end = context.zone.endOfDay(window.lastDay)
            let place = rows.firstIndex { $0.at > end } ?? rows.endIndex
            let day = window.lastDay.days(since: window.firstDay)
            rows.insert((end, [.instant(end), .int(day), .code("window ends"), .null, .null]), at: place)
        }
        return Listing(
            columns: [
                Column("at", "When"), Column("day", "Day", .trailing), Column("event", "What"),
                Column("detail", "Detail"), Column("by", "By"),
            ],
            rows: rows.map(\.cells)
        )
    }
}
