private import Foundation

/// A second, naive reading of the practice over the raw rows of the caseload files, to compare the product with.
///
/// It shares no code with the product: straight loops over every row, for each question anew.
package struct NaiveCaseload: Sendable {
    let episodes: [NaiveEpisode]
    let newYork: NewYork

    /// The files of a directory; any but `episodes.csv` may be absent.
    package init(directory: String) throws {
        var files: [String: String] = [:]
        for name in ["episodes", "extensions", "visits", "plans", "referrals"] {
            let path = directory + "/" + name + ".csv"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            files[name] = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
        }
        try self.init(files: files)
    }

    /// The text of each file by its name without `.csv`.
    package init(files: [String: String]) throws {
        guard let text = files["episodes"] else { throw NaiveError("episodes.csv is missing") }
        let extensions = try Self.rows("extensions", files, NaiveExtension.init, at: \.grantedAt)
        let visits = try Self.rows("visits", files, NaiveVisit.init, at: \.at)
        let plans = try Self.rows("plans", files, NaivePlan.init, at: \.activatedAt)
        let referrals = try Self.rows("referrals", files, NaiveReferral.init, at: \.sentAt)
        var episodes: [NaiveEpisode] = []
        for row in try NaiveTable(file: "episodes.csv", text: text).rows {
            var episode = try NaiveEpisode(row)
            episode.extensions = extensions[episode.caseRef] ?? []
            episode.visits = visits[episode.caseRef] ?? []
            episode.plans = plans[episode.caseRef] ?? []
            episode.referrals = referrals[episode.caseRef] ?? []
            episodes.append(episode)
        }
        self.episodes = episodes
        newYork = try NewYork()
    }

    /// The rows of one file by case, in the order of their instants, then of the file.
    private static func rows<Fact>(
        _ name: String,
        _ files: [String: String],
        _ read: (NaiveRow) throws -> Fact,
        at instant: (Fact) -> Int64
    ) throws -> [String: [Fact]] {
        guard let text = files[name] else { return [:] }
        var byCase: [String: [(place: Int, fact: Fact)]] = [:]
        for (place, row) in try NaiveTable(file: name + ".csv", text: text).rows.enumerated() {
            byCase[try row.text("case_ref"), default: []].append((place, try read(row)))
        }
        return byCase.mapValues { list in
            list.sorted { (instant($0.fact), $0.place) < (instant($1.fact), $1.place) }.map(\.fact)
        }
    }

    /// The episodes whose call has been received, each as of one instant, sorted by call, then `case_ref`.
    func moments(asOf: Int64) -> [NaiveMoment] {
        episodes
            .compactMap { NaiveMoment($0, asOf: asOf, newYork: newYork) }
            .sorted { ($0.episode.callAt, $0.episode.caseRef) < ($1.episode.callAt, $1.episode.caseRef) }
    }
}
