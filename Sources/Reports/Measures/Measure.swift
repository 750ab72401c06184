package import CrisisCare

/// One figure of the reports, defined once: totals, groups, case lists and charts all come from `observe`.
package struct Measure: Sendable {
    /// What the figure is.
    package enum Unit: String, Sendable {
        /// A number of episodes, clients or days.
        case count
        /// A share in percent.
        case share
        /// Numerator by denominator.
        case ratio
        /// The median and percentiles of minutes; measured in seconds.
        case minutes
        /// The median and percentiles of days.
        case days
    }

    /// Into what the numerator is divided.
    package enum Categories: Sendable {
        case none
        case codes(CodeList)
        case words([String])
        case clinicians
    }

    /// Where a report shows it.
    package enum Section: String, CaseIterable, Sendable {
        case volume = "Volume"
        case response = "Response"
        case followUp = "Follow-up"
        case plans = "Safety plans"
        case referrals = "Referrals"
        case closing = "Stay and closing"
    }

    package let id: String
    package let section: Section
    /// The name by which people read it.
    package let words: String
    package let numerator: String
    package let denominator: String
    /// What the denominator leaves out.
    package let exclusions: String
    package let unit: Unit
    package var categories = Categories.none
    /// The share from which the benchmark is met, in tenths of a percent.
    package var benchmark: Int?
    /// Adds what one episode counts to a tally; an excluded episode adds nothing. Pure.
    package let observe: @Sendable (borrowing EpisodeFacts, inout Tally) -> Void

    package var hasCategories: Bool {
        if case .none = categories { false } else { true }
    }

    package var isDistribution: Bool { unit == .minutes || unit == .days }

    /// Which definitions a report was made with; it changes whenever a figure could.
    package static let definitionsVersion = 1

    package static func find(_ id: String) -> Measure? {
        all.first { $0.id == id }
    }

    /// Every measure, in the order of the reports.
    package static let all: [Measure] =
        volume + response + followUp + safetyPlans + referrals + closing
}
