package import CrisisCare
package import SQLite

/// Reads the whole history of an episode as the rules see it.
package enum HistoryStore {
    package static func history<Mode>(
        of record: EpisodeRecord,
        in db: borrowing Access<Mode>
    ) throws -> EpisodeHistory {
        var history = record.history
        history.extensions = try ExtensionStore.records(of: record.id, in: db).map(\.windowExtension)
        history.visits = try VisitStore.visits(of: record.id, in: db)
        history.plans = try PlanStore.versions(of: record.id, in: db)
        history.reviews = try PlanFollowUpStore.reviews(of: record.id, in: db)
        history.planDeclinedAt = try PlanFollowUpStore.declinedAt(record.id, in: db)
        history.referrals = try ReferralStore.referrals(of: record.id, in: db)
        return history
    }
}
