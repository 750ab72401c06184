internal import Services
internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

/// What was open at an earlier instant, computed from the facts up to then.
enum PastWorklist {
    static func rows<Mode>(
        asOf instant: Instant,
        dueBefore end: Instant,
        _ filter: DeadlineFilter,
        _ scope: SiteScope,
        _ context: RuleContext,
        in db: borrowing Access<Mode>
    ) throws -> [OpenDeadline] {
        var rows: [OpenDeadline] = []
        try EpisodeStore.forEach(openAt: instant, at: scope, in: db) { record in
            let practice = try context.practice(of: record)
            guard let history = try HistoryStore.history(of: record, in: db).asOf(instant) else { return }
            let open = history.deadlines(under: practice).filter { $0.outcome == .open && $0.dueAt < end }
            guard !open.isEmpty else { return }
            let client = try ClientStore.find(record.client, in: db)?.displayName ?? ""
            let referrals = try ReferralStore.records(of: record.id, in: db)
            let standing = CaseStanding(of: history, under: practice)
            for deadline in open {
                let row = OpenDeadline(
                    deadline: deadline,
                    of: record,
                    about: about(deadline, referrals, context),
                    clientName: client,
                    standing: standing
                )
                if filter.admits(row) { rows.append(row) }
            }
        }
        return rows
    }

    static func about(
        _ deadline: Deadline,
        _ referrals: [ReferralRecord],
        _ context: RuleContext
    ) -> String {
        guard case .referral(let id) = deadline.about, let referral = referrals.first(where: { $0.referral.id == id })
        else { return OpenDeadline.about(deadline, service: "", agency: "") }
        let service = context.directory.codes.text(referral.serviceType) ?? ""
        return OpenDeadline.about(deadline, service: service, agency: referral.agency)
    }
}
