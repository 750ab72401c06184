package import CrisisCare
package import SQLite

/// How many records a client has; voided ones count too, because they move with their case.
package struct ClientRecordCounts: Hashable, Sendable {
    package var episodes = 0
    package var visits = 0
    package var plans = 0
    package var referrals = 0

    package init() {}

    package static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.episodes += right.episodes
        sum.visits += right.visits
        sum.plans += right.plans
        sum.referrals += right.referrals
        return sum
    }
}

extension ClientStore {
    package static func counts<Mode>(of client: ClientID, in db: borrowing Access<Mode>) throws -> ClientRecordCounts {
        try db.first(
            """
            SELECT count(*),
                coalesce(sum((SELECT count(*) FROM visit AS v WHERE v.episode = e.id)), 0),
                coalesce(sum((SELECT count(*) FROM safety_plan AS p WHERE p.episode = e.id)), 0),
                coalesce(sum((SELECT count(*) FROM referral AS r WHERE r.episode = e.id)), 0)
            FROM episode AS e WHERE e.client = \(client)
            """
        ) { row in
            var counts = ClientRecordCounts()
            counts.episodes = try row.int(0)
            counts.visits = try row.int(1)
            counts.plans = try row.int(2)
            counts.referrals = try row.int(3)
            return counts
        } ?? ClientRecordCounts()
    }
}
