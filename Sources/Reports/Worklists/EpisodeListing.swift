internal import CivilTime
internal import CrisisCare
package import Services
internal import SQLite
internal import Storage

/// One line of `episode list`.
struct EpisodeLine: Sendable {
    var record: EpisodeRecord
    var clientName: String
    var standing: CaseStanding
    var dischargedOn: CivilDate?
    var overdue: Int

    static let columns = [
        Column("case_number", "Case"), Column("client", "Client"), Column("program", "Program"),
        Column("site", "Site"), Column("clinician", "Clinician"), Column("call_received_at", "Call"),
        Column("response_mode", "Response"), Column("window_ends_on", "Window ends"),
        Column("last_contact_at", "Last contact"), Column("attempts", "Attempts", .trailing),
        Column("discharged_on", "Discharged"), Column("overdue", "Overdue", .trailing),
    ]

    func cells(_ directory: Directory) -> [Cell] {
        [
            .code(record.caseNumber.description), .text(clientName),
            .ifPresent(directory.policies.name(of: record.program), Cell.code),
            .text(directory.siteName(record.site)), .text(directory.login(record.clinician)),
            .instant(record.callReceivedAt), .code(record.mode.rawValue),
            .ifPresent(standing.windowEndsOn, Cell.date), .ifPresent(standing.lastContactAt, Cell.instant),
            .int(standing.attempts), .ifPresent(dischargedOn, Cell.date), .int(overdue),
        ]
    }
}

/// The lines of `episode list`, by the time of the call, then by case number.
///
/// As of now they are read as they are stored, at a cost that follows the lines. As of an earlier instant they are
/// computed from the facts up to then, from every episode of the period.
enum EpisodeLines {
    static func read<Mode>(
        _ query: EpisodeQuery,
        _ narrowing: EpisodeNarrowing,
        at scope: SiteScope,
        _ context: RuleContext,
        in db: borrowing Access<Mode>
    ) throws -> [EpisodeLine] {
        var lines: [EpisodeLine] = []
        if let asOf = query.asOf, asOf < context.now {
            lines = try past(query.period, narrowing, asOf: asOf, at: scope, context, in: db)
        } else {
            let parts = narrowing.parts(within: scope)
            // A statement can cut only where it alone decides what is listed.
            let isWhole =
                narrowing.traits.isEmpty && parts.allSatisfy { scope == .all || $0.site.map(scope.contains) == true }
            let limit = isWhole ? query.limit : nil
            for narrowing in parts {
                try EpisodeListStore.forEach(narrowing, now: context.now, in: context.zone, limit: limit, in: db) {
                    guard scope.contains($0.record.site), try holds(narrowing.traits, for: $0.record, context, in: db)
                    else { return }
                    lines.append(EpisodeLine($0))
                }
            }
            lines.sort {
                ($0.record.callReceivedAt, $0.record.caseNumber) < ($1.record.callReceivedAt, $1.record.caseNumber)
            }
        }
        return query.limit.map { Array(lines.prefix($0)) } ?? lines
    }

    private static func holds<Mode>(
        _ traits: [EpisodeTrait],
        for record: EpisodeRecord,
        _ context: RuleContext,
        in db: borrowing Access<Mode>
    ) throws -> Bool {
        guard !traits.isEmpty else { return true }
        let practice = try context.practice(of: record)
        guard let history = try HistoryStore.history(of: record, in: db).asOf(context.now) else { return false }
        return traits.allSatisfy { $0.holds(for: history, at: context.now, under: practice) }
    }

    private static func past<Mode>(
        _ period: Period,
        _ narrowing: EpisodeNarrowing,
        asOf: Instant,
        at scope: SiteScope,
        _ context: RuleContext,
        in db: borrowing Access<Mode>
    ) throws -> [EpisodeLine] {
        var lines: [EpisodeLine] = []
        // An episode whose call lies after the as-of instant does not exist yet.
        let end = min(period.end(in: context.zone), asOf.adding(seconds: 1))
        try EpisodeStore.forEach(
            calledFrom: period.start(in: context.zone),
            before: end,
            at: scope,
            in: db
        ) { record in
            guard narrowing.admits(record), let client = try ClientStore.find(record.client, in: db),
                let history = try HistoryStore.history(of: record, in: db).asOf(asOf),
                history.discharge == nil || narrowing.kind == .all
            else { return }
            let practice = try context.practice(of: record)
            guard narrowing.traits.allSatisfy({ $0.holds(for: history, at: asOf, under: practice) }) else { return }
            lines.append(EpisodeLine(record, client, history, under: practice, asOf: asOf))
        }
        return lines
    }
}

extension EpisodeLine {
    fileprivate init(_ listed: ListedEpisode) {
        record = listed.record
        clientName = listed.clientName
        standing = listed.record.standing
        dischargedOn = listed.record.discharge?.on
        overdue = listed.overdue
    }

    /// As the facts stood at an instant, which the history holds.
    fileprivate init(
        _ record: EpisodeRecord,
        _ client: ClientRecord,
        _ history: EpisodeHistory,
        under practice: Practice,
        asOf: Instant
    ) {
        self.record = record
        clientName = client.displayName
        standing = CaseStanding(of: history, under: practice)
        dischargedOn = history.discharge?.on
        overdue = history.deadlines(under: practice).count { $0.isOverdue(at: asOf) }
    }
}

extension Session {
    package static var episodeColumns: [Column] { EpisodeLine.columns }

    /// Episodes that the person may see, by the time of the call, then by case number.
    package borrowing func episodeList(_ query: EpisodeQuery) throws -> Listing {
        try read("episode list", needing: .readCases, of: query.after) { db in
            // No line shows a code.
            let context = try RuleContext(now: now, zone: zone, in: db, hasCodes: false)
            let after = try query.after.map { try CaseFinder.readable($0, by: actor, in: db) }
            let narrowing = try query.narrowing(context.directory, in: zone, after: after)
            let scope = actor.scope(of: .readCases)
            let lines = try EpisodeLines.read(query, narrowing, at: scope, context, in: db)
            var listing = Listing(columns: EpisodeLine.columns, rows: lines.map { $0.cells(context.directory) })
            listing.isPart2 = lines.contains { $0.record.part2 }
            return listing
        }
    }
}
