import CivilTime
import Testing

@testable import CrisisCare

/// Properties of the clocks over 2,000 random histories, each asked around every event and every due instant.
@Suite struct RandomHistoryTests {
    private static let histories: UInt64 = 2_000
    /// Arbitrary; with the number of a history it is the seed that repeats it.
    private static let firstSeed: UInt64 = 42_000
    private static let batch: UInt64 = 250

    private static let batches = stride(from: firstSeed, to: firstSeed + histories, by: Int(batch)).map {
        $0..<$0 + batch
    }

    /// Every event and every due instant that ever stood, with the seconds before and after.
    private func instants(of history: EpisodeHistory, under practice: Practice) -> [Instant] {
        let events = Set(history.happenings.map(\.at))
        let dues = Set(events.flatMap { history.asOf($0)?.deadlines(under: practice).map(\.dueAt) ?? [] })
        return events.union(dues).flatMap { [$0 - 1, $0, $0 + 1] }.sorted()
    }

    @Test(arguments: batches)
    func `open and overdue are what a book of running clocks says`(seeds: Range<UInt64>) {
        for seed in seeds {
            let random = RandomHistory(seed: seed)
            for instant in instants(of: random.history, under: random.practice) {
                let deadlines = random.history.asOf(instant)?.deadlines(under: random.practice) ?? []
                let open = deadlines.filter { $0.outcome == .open }
                let book = ClockBook.open(random.history, at: instant, under: random.practice)
                let entries = open.map { ClockBook.Entry(kind: $0.kind, about: $0.about, dueAt: $0.dueAt) }
                #expect(Set(entries) == Set(book), "seed \(seed), \(newYork.rfc3339(instant))")
                let overdue = deadlines.filter { $0.isOverdue(at: instant) }
                #expect(overdue.count == book.count { $0.dueAt < instant }, "seed \(seed), \(newYork.rfc3339(instant))")
            }
        }
    }

    @Test(arguments: batches)
    func `of each kind and subject at most one is open, none after discharge, the window keeps its limit`(
        seeds: Range<UInt64>
    ) {
        for seed in seeds {
            let random = RandomHistory(seed: seed)
            for instant in instants(of: random.history, under: random.practice) {
                guard let past = random.history.asOf(instant) else { continue }
                let deadlines = past.deadlines(under: random.practice)
                let open = deadlines.filter { $0.outcome == .open }
                let subjects = Set(open.map { ClockBook.Entry(kind: $0.kind, about: $0.about, dueAt: instant) })
                #expect(subjects.count == open.count, "seed \(seed), \(newYork.rfc3339(instant))")
                let keys = Set(deadlines.map { Key($0) })
                #expect(keys.count == deadlines.count, "seed \(seed), \(newYork.rfc3339(instant))")
                #expect(open.count { $0.kind == .nextContact } <= 1, "seed \(seed), \(newYork.rfc3339(instant))")
                #expect(open.count { $0.kind == .planReview } <= 1, "seed \(seed), \(newYork.rfc3339(instant))")
                if random.history.isClosed(at: instant) {
                    #expect(open.isEmpty, "seed \(seed), \(newYork.rfc3339(instant))")
                }
                if let window = past.window(under: random.practice) {
                    let range = window.regularEnd...window.regularEnd.adding(days: 14)
                    #expect(range.contains(window.lastDay), "seed \(seed), \(newYork.rfc3339(instant))")
                    #expect(window.regularEnd.days(since: window.firstDay) == 42)
                }
            }
        }
    }

    @Test(arguments: batches)
    func `nothing after an instant changes what stood at it`(seeds: Range<UInt64>) {
        for seed in seeds {
            let random = RandomHistory(seed: seed)
            for event in Set(random.history.happenings.map(\.at)) {
                for instant in [event - 1, event] {
                    let stood = random.history.asOf(instant)?.deadlines(under: random.practice)
                    let busier = random.history.followed(by: instant + 1)
                    #expect(busier.asOf(instant)?.deadlines(under: random.practice) == stood, "seed \(seed)")
                    let twice = random.history.asOf(event + 86_400)?.asOf(instant)
                    #expect(twice?.deadlines(under: random.practice) == stood, "seed \(seed)")
                }
            }
        }
    }

    @Test(arguments: batches)
    func `what is met or cancelled stays so`(seeds: Range<UInt64>) {
        for seed in seeds {
            let random = RandomHistory(seed: seed)
            var settled: [Key: Deadline.Outcome] = [:]
            for instant in instants(of: random.history, under: random.practice) {
                var now: [Key: Deadline.Outcome] = [:]
                for deadline in random.history.asOf(instant)?.deadlines(under: random.practice) ?? [] {
                    if deadline.outcome != .open { now[Key(deadline)] = deadline.outcome }
                }
                for (key, outcome) in settled {
                    #expect(now[key] == outcome, "seed \(seed), \(newYork.rfc3339(instant))")
                }
                settled = now
            }
        }
    }

    /// What tells the deadlines of an episode apart.
    private struct Key: Hashable {
        let kind: DeadlineKind
        let startedBy: Int64

        init(_ deadline: Deadline) {
            kind = deadline.kind
            startedBy = deadline.startedBy
        }
    }

    @Test func `the random histories hold enough of everything to mean something`() {
        var accepted: [RandomHistory.Command: Int] = [:]
        var open: [DeadlineKind: Int] = [:]
        var overdue: [DeadlineKind: Int] = [:]
        var extended = 0
        var lateVisits = 0
        for seed in Self.firstSeed..<Self.firstSeed + Self.histories {
            let random = RandomHistory(seed: seed)
            accepted.merge(random.accepted) { $0 + $1 }
            let middle = random.history.callReceivedAt + 30 * 86_400
            for deadline in random.history.asOf(middle)?.deadlines(under: random.practice) ?? [] {
                if deadline.outcome == .open { open[deadline.kind, default: 0] += 1 }
                if deadline.isOverdue(at: middle) { overdue[deadline.kind, default: 0] += 1 }
            }
            guard let window = random.history.window(under: random.practice) else { continue }
            if window.isExtended { extended += 1 }
            lateVisits += random.history.visits.count { newYork.date(of: $0.at) > window.regularEnd }
        }
        for command in RandomHistory.Command.allCases { #expect(accepted[command, default: 0] >= 100, "\(command)") }
        for kind in DeadlineKind.allCases { #expect(open[kind, default: 0] >= 50, "\(kind)") }
        for kind in DeadlineKind.allCases { #expect(overdue[kind, default: 0] >= 25, "\(kind)") }
        #expect(extended >= 100)
        #expect(lateVisits >= 50)
    }
}
