import CaseloadOracle
import CivilTime
import CrisisCare

/// Instants of a caseload's life at which lists are compared: random ones, and those at which an error of one second,
/// one hour or one day would show.
enum InstantSample {
    /// - Returns: instants before the caseload's own time, in order; six for each round, and the fixed ones.
    static func of(_ caseload: ImportedCaseload, seed: UInt64, rounds: Int) -> [Instant] {
        var generator = SeededGenerator(seed: seed)
        let zone = caseload.zone
        let calls = caseload.naive.summary(asOf: caseload.now.seconds).map { $0["call_received_at"].prefix(10) }
        let days = calls.compactMap { CivilDate($0) }
        guard let first = days.min(), let last = days.max() else { return [] }
        let end = min(last.adding(days: 70), zone.date(of: caseload.now).adding(days: -1))
        var instants: [Instant] = [zone.startOfDay(first)]
        for change in ["2021-11-07", "2022-03-13", "2023-11-05", "2024-03-10", "2026-11-01"] {
            guard let day = CivilDate(change), day >= first, day <= end else { continue }
            instants += [zone.startOfDay(day), zone.startOfDay(day).adding(seconds: 2 * 3600), zone.endOfDay(day)]
        }
        for _ in 0..<rounds {
            let day = first.adding(days: Int.random(in: 0...end.days(since: first), using: &generator))
            let start = zone.startOfDay(day)
            let random = start.adding(seconds: Int64.random(in: 0..<86_400, using: &generator))
            instants += [start, start.adding(seconds: 12 * 3600), start.adding(seconds: 86_340), random]
            let open = caseload.naive.open(asOf: random.seconds)
            guard !open.isEmpty else { continue }
            let due = generator.one(of: open).dueAt
            // At the due instant it is met; one second later it is overdue.
            instants += [Instant(seconds: due), Instant(seconds: due + 1)]
        }
        return instants.filter { $0 < caseload.now }.sorted()
    }
}
