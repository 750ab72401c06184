internal import CrisisCare
internal import SQLite

/// The statements that read what belongs to the episodes of a range of keys, each kind once, without what was voided.
///
/// A row names its episode first and comes in the order of the keys; `HistoryRowReader` knows the other columns.
struct HistoryScan {
    let low: EpisodeID
    let high: EpisodeID

    /// Of one episode by occurrence, then by entry.
    var visits: SQL {
        """
        SELECT episode, id, at, mode, result, met_with, promised_next FROM visit
        WHERE episode >= \(low) AND episode <= \(high) AND voided_at IS NULL ORDER BY episode, at, id
        """
    }

    var plans: SQL {
        """
        SELECT episode, id, version, activated_at, review_on FROM safety_plan
        WHERE episode >= \(low) AND episode <= \(high) ORDER BY episode, version
        """
    }

    /// Of one episode by occurrence, then by entry.
    var reviews: SQL {
        """
        SELECT episode, id, at, next_review_on FROM plan_review
        WHERE episode >= \(low) AND episode <= \(high) AND voided_at IS NULL ORDER BY episode, at, id
        """
    }

    /// At most one row of an episode: when the plan was declined first.
    var planDeclines: SQL {
        """
        SELECT episode, min(at) FROM plan_decline
        WHERE episode >= \(low) AND episode <= \(high) AND voided_at IS NULL GROUP BY episode ORDER BY episode
        """
    }

    /// Of one episode in the order in which they were granted.
    var extensions: SQL {
        """
        SELECT episode, id, granted_at, new_end FROM window_extension
        WHERE episode >= \(low) AND episode <= \(high) AND voided_at IS NULL ORDER BY episode, granted_at, id
        """
    }

    /// Of one episode by the reference of the referral, as its index has it; of one referral by occurrence, then by
    /// entry.
    var referralSteps: SQL {
        """
        SELECT r.episode, r.id, r.service_type, v.id, v.at, v.state, v.appointment_at
        FROM referral AS r JOIN referral_event AS v ON v.referral = r.id
        WHERE r.episode >= \(low) AND r.episode <= \(high) AND r.voided_at IS NULL
        ORDER BY r.episode, r.referral_ref, v.at, v.id
        """
    }
}
