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
                    if facts.results.mode.isMobile, let isKept = facts.results.closing { tally.count(isKept) }
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
                    if facts.results.isReached, facts.policy.hasWindow { tally.count(facts.results.isExtended) }
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
                    if facts.isDischarged { tally.count(facts.row.hasClosingOverride) }
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
                    if facts.isDischarged, let reason = facts.row.dischargeReason {
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
                if facts.type == type, let days = facts.results.stay { tally.add(value: days) }
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
                if facts.type == type, let days = facts.results.stay { tally.count(days > limit) }
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
