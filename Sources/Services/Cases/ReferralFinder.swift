internal import CrisisCare
package import SQLite
package import Storage

package enum ReferralFinder {
    /// Finds a referral of a case by its reference: 1, 2, 3, or the one of the source that it was imported from.
    package static func find<Mode>(
        _ ref: String,
        of episode: EpisodeRecord,
        in db: borrowing Access<Mode>
    ) throws -> ReferralRecord {
        guard let record = try ReferralStore.records(of: episode.id, in: db).first(where: { $0.ref == ref }) else {
            throw ServiceError.notFound(
                what: "the case has no such referral",
                hint: "Its referrals are in: followup referral list \(episode.caseNumber.description)"
            )
        }
        return record
    }
}

/// Keeps one agency from being written in several ways.
enum AgencyNames {
    /// One slip for so many letters; arbitrary, so that "Wheeler Clinc" is near "Wheeler Clinic", "Hill" not "Mill".
    private static let lettersForEachMistake = 6

    /// What to say when a name is not known but is nearly a known one.
    static func warning(_ agency: String, among known: [String]) -> String? {
        guard !agency.isBlank, !known.contains(agency) else { return nil }
        let wanted = NameWords.folded(agency)
        let near = known.map { (name: $0, distance: EditDistance.between(wanted, NameWords.folded($0))) }
            .filter { $0.distance <= wanted.count / lettersForEachMistake }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
        guard let near else { return nil }
        return "the agency is new; did you mean \"\(near.name)\", which is on record?"
    }
}
