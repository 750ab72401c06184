package import CivilTime
package import CrisisCare
package import SQLite

/// Reads what a report measures in one pass: seven ordered scans, merged by the key of the episode.
package enum MeasuredRowStore {
    /// The episodes of a period in the order of their keys; voided ones, and what was voided of others, are left out.
    package static func forEach<Mode>(
        calledFrom first: Instant,
        before end: Instant,
        at sites: SiteScope,
        in db: borrowing Access<Mode>,
        _ body: (MeasuredRow) throws -> Void
    ) throws {
        guard let (low, high) = try keys(calledFrom: first, before: end, in: db) else { return }
        // The plus signs keep the scan in the order of the keys: the index on the call would ask for a sort.
        var episodes = try db.query(
            """
            SELECT e.id, e.case_order, e.client, c.birth_date, c.sex, e.program, e.site, e.clinician,
                e.referral_source, e.presenting_problem, e.town, e.discharge_reason, e.closing_override <> '',
                e.response_mode, e.call_received_at, e.transferred_at, e.call_ended_at, e.dispatched_at,
                e.arrived_at, e.discharged_at, e.discharged_on
            FROM episode AS e JOIN client AS c ON c.id = e.client
            WHERE e.id >= \(low) AND e.id <= \(high) AND +e.call_received_at >= \(first)
                AND +e.call_received_at < \(end) AND e.voided_at IS NULL
            ORDER BY e.id
            """
        )
        var visits = try db.query(
            """
            SELECT episode, id, at, mode, result, met_with, promised_next FROM visit
            WHERE episode >= \(low) AND episode <= \(high) AND voided_at IS NULL ORDER BY episode, at, id
            """
        )
        var plans = try db.query(
            """
            SELECT episode, id, version, activated_at, review_on FROM safety_plan
            WHERE episode >= \(low) AND episode <= \(high) ORDER BY episode, version
            """
        )
        var reviews = try db.query(
            """
            SELECT episode, id, at, next_review_on FROM plan_review
            WHERE episode >= \(low) AND episode <= \(high) AND voided_at IS NULL ORDER BY episode, at, id
            """
        )
        var declines = try db.query(
            """
            SELECT episode, min(at) FROM plan_decline
            WHERE episode >= \(low) AND episode <= \(high) AND voided_at IS NULL GROUP BY episode ORDER BY episode
            """
        )
        var extensions = try db.query(
            """
            SELECT episode, id, granted_at, new_end FROM window_extension
            WHERE episode >= \(low) AND episode <= \(high) AND voided_at IS NULL ORDER BY episode, granted_at, id
            """
        )
        var steps = try db.query(
            """
            SELECT r.episode, r.id, r.service_type, v.id, v.at, v.state, v.appointment_at
            FROM referral AS r JOIN referral_event AS v ON v.referral = r.id
            WHERE r.episode >= \(low) AND r.episode <= \(high) AND r.voided_at IS NULL
            ORDER BY r.episode, r.id, v.at, v.id
            """
        )
        let reader = MeasuredRowReader()
        var visitOf = try visits.next() ? try visits.int64(0) : Int64.max
        var planOf = try plans.next() ? try plans.int64(0) : Int64.max
        var reviewOf = try reviews.next() ? try reviews.int64(0) : Int64.max
        var declineOf = try declines.next() ? try declines.int64(0) : Int64.max
        var extensionOf = try extensions.next() ? try extensions.int64(0) : Int64.max
        var stepOf = try steps.next() ? try steps.int64(0) : Int64.max
        while try episodes.next() {
            guard sites.contains(try episodes.id(6)) else { continue }
            let id = try episodes.int64(0)
            var row = try reader.row(episodes)
            while visitOf <= id {
                if visitOf == id { row.history.visits.append(try reader.visit(visits)) }
                visitOf = try visits.next() ? try visits.int64(0) : Int64.max
            }
            while planOf <= id {
                if planOf == id { row.history.plans.append(try reader.plan(plans)) }
                planOf = try plans.next() ? try plans.int64(0) : Int64.max
            }
            while reviewOf <= id {
                if reviewOf == id { row.history.reviews.append(try reader.review(reviews)) }
                reviewOf = try reviews.next() ? try reviews.int64(0) : Int64.max
            }
            while declineOf <= id {
                if declineOf == id { row.history.planDeclinedAt = try declines.optionalInstant(1) }
                declineOf = try declines.next() ? try declines.int64(0) : Int64.max
            }
            while extensionOf <= id {
                if extensionOf == id { row.history.extensions.append(try reader.windowExtension(extensions)) }
                extensionOf = try extensions.next() ? try extensions.int64(0) : Int64.max
            }
            while stepOf <= id {
                if stepOf == id { try reader.addStep(steps, to: &row) }
                stepOf = try steps.next() ? try steps.int64(0) : Int64.max
            }
            try body(row)
        }
    }

    /// The lowest and the highest key of a period's episodes: all that belongs to them lies between.
    private static func keys<Mode>(
        calledFrom first: Instant,
        before end: Instant,
        in db: borrowing Access<Mode>
    ) throws -> (low: EpisodeID, high: EpisodeID)? {
        let keys: (EpisodeID?, EpisodeID?)? = try db.first(
            """
            SELECT min(id), max(id) FROM episode
            WHERE call_received_at >= \(first) AND call_received_at < \(end) AND voided_at IS NULL
            """
        ) { (try $0.optionalID(0), try $0.optionalID(1)) }
        guard case (let low?, let high?)? = keys else { return nil }
        return (low, high)
    }
}
