internal import CivilTime
internal import CrisisCare
internal import Storage

extension Measure {
    /// How long cases stay, and how they end.
    static let closing =
        EpisodeType.allCases.flatMap { [stay($0), longStay($0)] } + [
            Measure(
                id: "closed-in-window",
                section: .closing,
                words: "Closed inside the window",
                numerator: "discharges on or before the last day of the follow-up window",
                denominator: "mobile and deferred mobile episodes that were discharged, or whose window is over",
                exclusions: "phone-only episodes; programs without a window; open cases inside their window",
                unit: .share,
                observe: { facts, tally in
                    guard facts.history.mode.isMobile, let close = facts.deadline(.close) else { return }
                    if let discharge = facts.history.discharge {
                        tally.count(discharge.on <= facts.practice.zone.date(of: close.dueAt))
                    } else if close.isOverdue(at: facts.asOf) {
                        tally.count(false)
                    }
                }
            ),
            Measure(
                id: "extended",
                section: .closing,
                words: "Window extended",
                numerator: "episodes whose window was extended",
                denominator: "mobile and deferred mobile episodes with a follow-up window",
                exclusions: "phone-only episodes; programs without a window",
                unit: .share,
                observe: { facts, tally in
                    guard facts.isReached, facts.practice.policy.windowDays != nil else { return }
                    tally.count(!facts.history.extensions.isEmpty)
                }
            ),
            Measure(
                id: "closing-overrides",
                section: .closing,
                words: "Closing gate overruled",
                numerator: "discharges at which the closing gate was overruled, imported ones among them",
                denominator: "discharged episodes",
                exclusions: "",
                unit: .share,
                observe: { facts, tally in
                    if facts.history.discharge != nil { tally.count(facts.row.hasClosingOverride) }
                }
            ),
            Measure(
                id: "discharge-reason",
                section: .closing,
                words: "Discharge reasons",
                numerator: "discharges for the reason",
                denominator: "discharged episodes",
                exclusions: "",
                unit: .share,
                categories: .codes(.dischargeReason),
                observe: { facts, tally in
                    if facts.history.discharge != nil, let reason = facts.row.dischargeReason {
                        tally.count(in: reason.category)
                    }
                }
            ),
        ]

    private static func stay(_ type: EpisodeType) -> Measure {
        Measure(
            id: "stay-\(type.slug)",
            section: .closing,
            words: "Length of stay, \(type.words), days",
            numerator: "civil days from the call to the discharge",
            denominator: "discharged episodes of the type",
            exclusions: "",
            unit: .days,
            observe: { facts, tally in
                if facts.type == type, let days = facts.lengthOfStay { tally.add(value: days) }
            }
        )
    }

    private static func longStay(_ type: EpisodeType) -> Measure {
        let limit = type.longStayDays
        return Measure(
            id: "long-stay-\(type.slug)",
            section: .closing,
            words: "Stays over \(limit) \(limit == 1 ? "day" : "days"), \(type.words)",
            numerator: "stays of more than \(limit) civil \(limit == 1 ? "day" : "days") from call to discharge",
            denominator: "discharged episodes of the type",
            exclusions: "",
            unit: .share,
            observe: { facts, tally in
                if facts.type == type, let days = facts.lengthOfStay { tally.count(days > limit) }
            }
        )
    }
}

extension EpisodeType {
    fileprivate var slug: String {
        switch self {
        case .phoneOnly: "phone-only"
        case .faceToFace: "face-to-face"
        case .withFollowUp: "follow-up"
        }
    }

    /// Days that a stay must exceed to be flagged (practice.md section 2).
    fileprivate var longStayDays: Int {
        switch self {
        case .phoneOnly: 1
        case .faceToFace: 5
        case .withFollowUp: 45
        }
    }
}
