internal import CivilTime
internal import CrisisCare
internal import Storage

/// The totals of a caseload, counted from its summaries.
package struct CaseloadTotals: Sendable {
    package private(set) var episodes = 0
    package private(set) var open = 0
    package private(set) var visits = 0
    package private(set) var contacts = 0
    package private(set) var plans = 0
    package private(set) var referrals = 0
    package private(set) var connected = 0
    package private(set) var extensions = 0
    package private(set) var overLongStay = 0
    package private(set) var mobile = 0
    /// Immediate mobile responses that arrived: the denominator of the response time (practice.md section 6).
    package private(set) var immediateMobile = 0
    package private(set) var withinArrivalStandard = 0
    package private(set) var fromSchools = 0
    private var sexOfClient: [Int64: Sex] = [:]

    /// A stay longer than this is counted, in days (practice.md section 2: 45).
    private static let longStayDays = 45
    private static let school = "school"

    package init() {}

    package mutating func add(_ summary: borrowing EpisodeSummary, referralSource: String?) {
        let outline = summary.outline
        episodes += 1
        if summary.isOpen { open += 1 }
        visits += outline.visits
        contacts += outline.contacts
        plans += outline.plans
        referrals += outline.referrals
        connected += outline.referralsConnected
        extensions += outline.extensions
        if let stay = summary.lengthOfStay, stay > Self.longStayDays { overLongStay += 1 }
        if summary.row.mode.isMobile { mobile += 1 }
        if summary.row.mode == .mobile, summary.arrivedAt != nil {
            immediateMobile += 1
            if outline.arrival == true { withinArrivalStandard += 1 }
        }
        if referralSource == Self.school { fromSchools += 1 }
        sexOfClient[summary.row.client.value] = summary.row.sex
    }

    /// Adds what was counted of other episodes.
    package mutating func merge(_ other: CaseloadTotals) {
        episodes += other.episodes
        open += other.open
        visits += other.visits
        contacts += other.contacts
        plans += other.plans
        referrals += other.referrals
        connected += other.connected
        extensions += other.extensions
        overLongStay += other.overLongStay
        mobile += other.mobile
        immediateMobile += other.immediateMobile
        withinArrivalStandard += other.withinArrivalStandard
        fromSchools += other.fromSchools
        // Of one client both have read the same row.
        sexOfClient.merge(other.sexOfClient) { mine, _ in mine }
    }

    package var children: Int { sexOfClient.count }
    private var girls: Int { sexOfClient.values.count { $0 == .female } }

    /// Name, figure and, for a share, its numerator and denominator.
    package var detail: Detail {
        var detail = Detail()
        func share(_ part: Int, _ whole: Int) -> Cell {
            .ifPresent(Rounding.percentTenths(part, of: whole), Cell.tenths)
        }
        detail.add("episodes", "Episodes", .int(episodes))
        detail.add("open", "Open", .int(open))
        detail.add("children", "Clients", .int(children))
        detail.add("visits", "Visits", .int(visits))
        detail.add("contacts", "Contacts", .int(contacts))
        detail.add("plans", "Safety plans", .int(plans))
        detail.add("referrals", "Referrals", .int(referrals))
        detail.add("connected", "Connected", .int(connected))
        detail.add("extensions", "Extensions", .int(extensions))
        detail.add("los_over_45", "Stays over 45 days", .int(overLongStay))
        detail.add("mobile", "Mobile episodes", .int(mobile))
        detail.add("mobility_pct", "Mobile %", share(mobile, episodes))
        detail.add("immediate_mobile", "Immediate mobile responses", .int(immediateMobile))
        detail.add("within_45", "Arrived in time", .int(withinArrivalStandard))
        detail.add("within_45_pct", "Arrived in time %", share(withinArrivalStandard, immediateMobile))
        detail.add("school_pct", "From schools %", share(fromSchools, episodes))
        detail.add("female_pct", "Female %", share(girls, children))
        return detail
    }
}
