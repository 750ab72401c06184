internal import CivilTime
internal import CrisisCare
internal import Storage

extension Measure {
    /// How the call was answered. Source of the benchmarks: practice.md section 6.
    static let response = [
        Measure(
            id: "mobility",
            section: .response,
            words: "Mobile or deferred mobile response",
            numerator: "episodes with an immediate or deferred mobile response",
            denominator: "episodes",
            exclusions: "episodes from the police where the policy says so",
            unit: .share,
            benchmark: 900,
            observe: { facts, tally in
                let isExcluded =
                    facts.policy.mobilityExcludesPolice && facts.row.referralSource == facts.names.police
                if !isExcluded { tally.count(facts.results.mode.isMobile) }
            }
        ),
        Measure(
            id: "response-in-time",
            section: .response,
            words: "Arrived in time (45 minutes)",
            numerator: "arrivals within the policy's minutes, 45 unless it says otherwise",
            denominator: "immediate mobile responses that arrived",
            exclusions: "programs without an arrival clock",
            unit: .share,
            benchmark: 800,
            observe: { facts, tally in
                if facts.results.responseSeconds != nil { tally.count(facts.results.arrival ?? false) }
            }
        ),
        Measure(
            id: "response-minutes",
            section: .response,
            words: "Response time, minutes",
            numerator: "minutes from the start of the response clock to the arrival",
            denominator: "immediate mobile responses that arrived",
            exclusions: "programs without an arrival clock",
            unit: .minutes,
            observe: { facts, tally in
                if let seconds = facts.results.responseSeconds { tally.add(value: seconds) }
            }
        ),
        Measure(
            id: "response-histogram",
            section: .response,
            words: "Response times",
            numerator: "arrivals after so many minutes",
            denominator: "immediate mobile responses that arrived",
            exclusions: "programs without an arrival clock",
            unit: .share,
            categories: .words(ResponseBand.words),
            observe: { facts, tally in
                if let seconds = facts.results.responseSeconds { tally.count(in: ResponseBand.of(seconds: seconds)) }
            }
        ),
        Measure(
            id: "deferred-in-time",
            section: .response,
            words: "Deferred response in time (48 hours)",
            numerator: "arrivals within the policy's hours, 48 unless it says otherwise",
            denominator: "deferred mobile episodes whose clock was met or has run out",
            exclusions: "programs without that clock; clocks that still run, or that a discharge ended in time",
            unit: .share,
            observe: { facts, tally in
                if let isKept = facts.results.deferredResponse { tally.count(isKept) }
            }
        ),
    ]
}

/// The bands of the response-time histogram: five minutes wide, the upper end inclusive as in the standard of 45.
package enum ResponseBand {
    /// Minutes.
    package static let width = 5
    /// Bands up to two hours, and one for what is above; arbitrary.
    package static let count = 25
    /// The first band above the standard of 45 minutes (practice.md section 2).
    package static let firstLate = 45 / width

    static let words = (0..<count).map { band in
        switch band {
        case 0: "up to \(width)"
        case count - 1: "over \((count - 1) * width)"
        default: "\(band * width + 1) to \((band + 1) * width)"
        }
    }

    static func of(seconds: Int) -> Int {
        min(max(seconds - 1, 0) / (width * 60), count - 1)
    }
}
