package import CivilTime
internal import CrisisCare
package import Storage

/// A caseload of any size as the rows of the five files, made case by case in the order of the calls.
///
/// The same shape, seed and time give the same rows; nothing is kept of a case once it is made. The rates are those of
/// Connecticut's published fiscal year 2022: 92 % mobile, 79 % of the arrivals within 45 minutes, 44 % from schools.
/// No row is about a real person.
package struct SyntheticCaseload {
    package struct Shape: Sendable {
        package var episodes: Int
        /// Over how many years up to yesterday the calls are spread; at least 1.
        package var years = 1
        /// How many of a hundred episodes are still open, the latest ones first; 0 to 100.
        package var openPercent = 2.0
        package var seed: UInt64 = 1

        package init(episodes: Int) {
            self.episodes = episodes
        }
    }

    let zone: Zone
    let now: Instant
    private let shape: Shape
    private let firstDay: CivilDate
    private let days: Int
    private let sites: SyntheticSites
    private let open: Int
    /// The latest episodes, among which the open ones are spread.
    private let recent: Int
    private var random: SeededRandom
    private(set) var made = 0
    private var clients = 0

    /// Days before today in which an open case's call lies, if they hold enough cases: the six weeks of a window, and
    /// some more in which its closing is overdue.
    private static let recentDays = 60
    /// Of a hundred episodes, those of a client who comes for the first time: 10,090 children of 13,328 episodes.
    private static let newClientPercent = 76

    package init(_ shape: Shape, now: Instant, zone: Zone) {
        precondition(shape.episodes >= 0 && shape.years > 0 && (0...100).contains(shape.openPercent), "no such shape")
        self.shape = shape
        self.now = now
        self.zone = zone
        days = shape.years * 365
        firstDay = zone.date(of: now).adding(days: -days)
        sites = SyntheticSites(episodesPerYear: shape.episodes / shape.years)
        open = Int((Double(shape.episodes) * shape.openPercent / 100).rounded())
        recent = max(open, shape.episodes * min(Self.recentDays, days) / days)
        random = SeededRandom(seed: shape.seed)
    }

    /// The rows of the next case; `nil` after the last one.
    package mutating func next() -> [(file: CaseloadFile, cells: [String])]? {
        guard made < shape.episodes else { return nil }
        let index = made
        made += 1
        let client = nextClient()
        let day = firstDay.adding(days: index * days / shape.episodes)
        let site = Int.random(in: 0..<sites.count, using: &random)
        let clinician = Int.random(in: 1...SyntheticSites.cliniciansPerSite, using: &random)
        var personal = SeededRandom(seed: shape.seed ^ UInt64(client) &* 0x9E37_79B9_7F4A_7C15)
        var builder = SyntheticCase(
            ref: "L\(Self.padded(index + 1))",
            clientRef: "C\(Self.padded(client))",
            person: SyntheticPerson(&personal, first: firstVisit(of: client)),
            site: sites.name(site),
            siteNumber: site + 1,
            clinician: "clinician\(site * SyntheticSites.cliniciansPerSite + clinician)",
            isOpen: isOpen(index),
            zone: zone,
            now: now
        )
        builder.make(callOn: day, using: &random)
        return builder.rows
    }

    /// Spread evenly among the latest, as many as were asked for.
    private func isOpen(_ index: Int) -> Bool {
        let place = index - (shape.episodes - recent)
        return place >= 0 && open > 0 && (place + 1) * open / recent > place * open / recent
    }

    private mutating func nextClient() -> Int {
        if clients == 0 || random.chance(Self.newClientPercent) {
            clients += 1
            return clients
        }
        // Who comes again does so within about two years, while still a child.
        let within = max(1, shape.episodes * 2 / shape.years)
        return Int.random(in: max(1, clients - within)...clients, using: &random)
    }

    private func firstVisit(of client: Int) -> CivilDate {
        let expected = max(1, shape.episodes * Self.newClientPercent / 100)
        return firstDay.adding(days: min(days, client * days / expected))
    }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    }
}
