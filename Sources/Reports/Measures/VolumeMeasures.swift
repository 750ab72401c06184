internal import CrisisCare
internal import Storage

extension Measure {
    /// How many, and who: counted by episode, or by client where it says so.
    static let volume = [
        Measure(
            id: "episodes",
            section: .volume,
            words: "Episodes",
            numerator: "episodes whose call lies in the period",
            denominator: "",
            exclusions: "",
            unit: .count,
            observe: { _, tally in tally.add() }
        ),
        Measure(
            id: "children",
            section: .volume,
            words: "Children",
            numerator: "clients with at least one episode in the period, each counted once",
            denominator: "",
            exclusions: "",
            unit: .count,
            observe: { facts, tally in tally.add(person: facts.row.client) }
        ),
        Measure(
            id: "episode-type",
            section: .volume,
            words: "Episode types",
            numerator: "episodes of the type",
            denominator: "episodes with a response",
            exclusions: "mobile episodes at which nobody has arrived",
            unit: .share,
            categories: .words(EpisodeType.allCases.map(\.words)),
            observe: { facts, tally in
                if let type = facts.type { tally.count(in: type.rawValue) }
            }
        ),
        codes("referral-source", "Referral sources", .referralSource) { $0.row.referralSource },
        codes("presenting-problem", "Presenting problems", .presentingProblem) { $0.row.presentingProblem },
        codes("town", "Towns", .town, without: "a town") { $0.row.town },
        Measure(
            id: "age-band",
            section: .volume,
            words: "Age at the call",
            numerator: "episodes of clients of the age",
            denominator: "episodes",
            exclusions: "episodes of clients without a birth date",
            unit: .share,
            categories: .words(AgeBand.words),
            observe: { facts, tally in
                guard let birth = facts.row.birthDate else { return }
                tally.count(in: AgeBand.of(Age.years(from: birth, to: facts.callDay)))
            }
        ),
        Measure(
            id: "sex",
            section: .volume,
            words: "Sex",
            numerator: "clients of the sex",
            denominator: "clients with at least one episode in the period, each counted once",
            exclusions: "",
            unit: .share,
            categories: .words(Sex.allCases.map(\.rawValue)),
            observe: { facts, tally in
                tally.add(person: facts.row.client, to: Sex.allCases.firstIndex(of: facts.row.sex) ?? 0)
            }
        ),
    ]

    /// The share of each code of a list among the episodes that have one.
    private static func codes(
        _ id: String,
        _ words: String,
        _ list: CodeList,
        without missing: String? = nil,
        _ code: @escaping @Sendable (borrowing EpisodeFacts) -> CodeID?
    ) -> Measure {
        Measure(
            id: id,
            section: .volume,
            words: words,
            numerator: "episodes with the \(list.name)",
            denominator: "episodes",
            exclusions: missing.map { "episodes without \($0)" } ?? "",
            unit: .share,
            categories: .codes(list),
            observe: { facts, tally in
                if let code = code(facts) { tally.count(in: code.category) }
            }
        )
    }
}

extension CodeID {
    /// The code's number within its list (the lists are numbered by thousands: schema, table `code`).
    var category: Int { Int(value % 1000) }
}

/// The ages in whole years by which episodes are counted; the bands are arbitrary, and end where schools do.
enum AgeBand {
    private static let oldest = [5, 8, 12, 15, 18]
    static let words = ["5 and younger", "6 to 8", "9 to 12", "13 to 15", "16 to 18", "19 and older"]

    static func of(_ age: Int) -> Int {
        oldest.firstIndex { age <= $0 } ?? oldest.count
    }
}
