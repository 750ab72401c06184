private import Foundation

/// The figures of `expected.json`, computed from the rows.
package struct NaiveTotals: Equatable, Sendable, Decodable {
    package var episodes = 0
    package var open = 0
    package var visits = 0
    package var contacts = 0
    package var plans = 0
    package var referrals = 0
    package var connected = 0
    package var extensions = 0
    /// Stays longer than 45 days of episodes with at least one visit, made or attempted: the generator's count.
    /// The practice counts only those with a contact: see `longStaysWithContact`.
    package var losOver45 = 0
    package var children = 0
    package var mobile = 0
    package var mobilityPct: Double?
    package var immediateMobile = 0
    package var within45 = 0
    package var within45Pct: Double?
    package var schoolPct: Double?
    package var femalePct: Double?

    enum CodingKeys: String, CodingKey {
        case episodes, open, visits, contacts, plans, referrals, connected, extensions, children, mobile
        case losOver45 = "los_over_45"
        case mobilityPct = "mobility_pct"
        case immediateMobile = "immediate_mobile"
        case within45 = "within_45"
        case within45Pct = "within_45_pct"
        case schoolPct = "school_pct"
        case femalePct = "female_pct"
    }

    /// The totals that the generator wrote beside its files.
    package static func expected(directory: String) throws -> NaiveTotals {
        let data = try Data(contentsOf: URL(fileURLWithPath: directory + "/expected.json"))
        return try JSONDecoder().decode(NaiveTotals.self, from: data)
    }
}

extension NaiveCaseload {
    /// The totals of what has happened at or before `asOf`.
    package func totals(asOf: Int64) -> NaiveTotals {
        var totals = NaiveTotals()
        var sexOfChild: [String: String] = [:]
        var fromSchool = 0
        for moment in moments(asOf: asOf) {
            let episode = moment.episode
            totals.episodes += 1
            if moment.isOpen { totals.open += 1 }
            totals.visits += moment.visits.count
            totals.contacts += moment.contacts.count
            totals.plans += moment.plans.count
            totals.referrals += moment.referrals.count
            for referral in moment.referrals
            where referral.status == "connected" && (referral.attendedAt ?? Int64.max) <= asOf {
                totals.connected += 1
            }
            totals.extensions += episode.extensions.filter { $0.grantedAt <= asOf }.count
            if isLongStay(moment) && !moment.visits.isEmpty { totals.losOver45 += 1 }
            if !episode.isPhoneOnly { totals.mobile += 1 }
            if episode.responseMode == "mobile", let arrivedAt = moment.arrivedAt {
                totals.immediateMobile += 1
                if arrivedAt - episode.callAt <= 45 * 60 { totals.within45 += 1 }
            }
            if episode.referralSource == "school" { fromSchool += 1 }
            sexOfChild[episode.clientRef] = episode.sex
        }
        totals.children = sexOfChild.count
        totals.mobilityPct = percent(totals.mobile, of: totals.episodes)
        totals.within45Pct = percent(totals.within45, of: totals.immediateMobile)
        totals.schoolPct = percent(fromSchool, of: totals.episodes)
        totals.femalePct = percent(sexOfChild.values.filter { $0 == "female" }.count, of: totals.children)
        return totals
    }

    /// The practice's flag: stays longer than 45 days with at least one contact.
    package func longStaysWithContact(asOf: Int64) -> Int {
        moments(asOf: asOf).filter { isLongStay($0) && !$0.contacts.isEmpty }.count
    }

    private func isLongStay(_ moment: NaiveMoment) -> Bool {
        guard let day = moment.episode.dischargedOn, !moment.isOpen, !moment.episode.isPhoneOnly else { return false }
        return day - newYork.day(of: moment.episode.callAt) > 45
    }

    /// One decimal, half up; nil of nothing.
    private func percent(_ part: Int, of whole: Int) -> Double? {
        guard whole > 0 else { return nil }
        return Double((2_000 * part + whole) / (2 * whole)) / 10
    }
}
