import CivilTime
import CrisisCare

/// A case as somebody with a notebook would keep it: what was accepted, and the few rules that everybody knows.
///
/// It shares no code with the rules of the program but the calendar.
struct NotebookCase {
    struct Seen {
        let id: RecordID<Visit>
        let at: Instant
        let isCompleted: Bool
        let isWithFamily: Bool
    }

    let number: String
    let call: Instant
    let isMobile: Bool
    let isMinorConsented: Bool
    var clinician: String
    var arrivedAt: Instant?
    var visits: [Seen] = []
    var voidedVisits: [RecordID<Visit>] = []
    var plans = 0
    /// State by reference.
    var referrals: [String: ReferralState] = [:]
    var extensions: [(grantedAt: Instant, newEnd: CivilDate)] = []
    var dischargedAt: Instant?
    var isVoided = false

    var isOpen: Bool { dischargedAt == nil && !isVoided }
    var response: Instant? { isMobile ? arrivedAt : call }

    var contacts: [Seen] {
        guard let response else { return [] }
        return visits.filter { $0.isCompleted && $0.isWithFamily && $0.at >= response }
    }

    var attempts: Int { visits.count { !$0.isCompleted && $0.isWithFamily } }

    var attemptsSinceContact: Int {
        let since = contacts.map(\.at).max()
        return visits.count { visit in
            !visit.isCompleted && visit.isWithFamily
                && (since.map { visit.at > $0 } ?? (visit.at >= response ?? call))
        }
    }

    /// The last day of the window by the extensions that had been granted at an instant.
    func lastDay(at instant: Instant, _ zone: Zone) -> CivilDate? {
        guard let response else { return nil }
        let sixWeeks = zone.date(of: response).adding(days: 42)
        return extensions.filter { $0.grantedAt <= instant }.reduce(sixWeeks) { max($0, $1.newEnd) }
    }

    /// Whether something may be recorded as having happened at an instant.
    func admits(_ instant: Instant, now: Instant) -> Bool {
        instant <= now && instant >= call && !isVoided && (dischargedAt.map { instant < $0 } ?? true)
    }

    func isInWindow(_ instant: Instant, _ zone: Zone) -> Bool {
        lastDay(at: instant, zone).map { zone.date(of: instant) <= $0 } ?? true
    }
}
