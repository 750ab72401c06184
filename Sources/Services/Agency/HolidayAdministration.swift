package import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

extension Session {
    /// Puts a day on the agency's list of holidays; clocks in business days that run across it move.
    /// - Returns: how many cases' deadlines were recomputed.
    @discardableResult
    package borrowing func addHoliday(_ day: CivilDate, named name: String, isDryRun: Bool = false) throws -> Int {
        try change("holiday add", needing: .administer, isDryRun: isDryRun) { change, db in
            guard !change.holidays.contains(day) else {
                throw RuleViolation(.inUse, "\(day) is already on the list", remedy: "Nothing has to be done.")
            }
            try HolidayStore.insert(day, named: name, in: db)
            return try Self.recompute(around: day, &change, in: db)
        }
    }

    @discardableResult
    package borrowing func removeHoliday(_ day: CivilDate, isDryRun: Bool = false) throws -> Int {
        try change("holiday remove", needing: .administer, isDryRun: isDryRun) { change, db in
            guard try HolidayStore.remove(day, in: db) else {
                throw ServiceError.notFound(what: "\(day) is not on the list", hint: "See followup holiday list.")
            }
            return try Self.recompute(around: day, &change, in: db)
        }
    }

    package borrowing func holidayList() throws -> [(day: CivilDate, name: String)] {
        try read("holiday list", needing: .readFigures) { db in try HolidayStore.all(in: db) }
    }

    /// Stores anew what a day on or off the list moves, of discharged cases too: what reports count of them is stored, and
    /// tells whether answers came in time.
    private static func recompute(
        around day: CivilDate,
        _ change: inout Change,
        in db: borrowing Access<Writing>
    ) throws -> Int {
        let before = change.holidays
        change.holidays = try HolidayStore.days(in: db)
        var detail = AuditDetail()
        detail.add("day", from: nil, to: day)
        try change.audit(detail: detail.json, in: db)
        guard let first = change.firstSending(countedOn: day) else { return 0 }
        let episodes = try ReferralStore.episodesSending(
            from: change.zone.startOfDay(first),
            before: change.zone.startOfDay(day),
            in: db
        )
        var moved = 0
        for id in episodes {
            guard let record = try EpisodeStore.find(id, in: db) else { continue }
            let work = try EpisodeWork.load(record, change, in: db)
            guard work.isMoved(since: before) else { continue }
            try work.save(&change, in: db)
            moved += 1
        }
        return moved
    }
}

extension Change {
    /// The first day of sending from which the clock of an answer may count a day, under the longest of all policies;
    /// what was sent earlier was due before the day, whatever was answered. `nil` where no policy has the clock.
    fileprivate func firstSending(countedOn day: CivilDate) -> CivilDate? {
        policies.programs.flatMap(\.policies).compactMap { policy in
            policy.referralAnswerBusinessDays.map {
                Practice(policy: policy, zone: zone, holidays: holidays).day($0, businessDaysBefore: day)
            }
        }.min()
    }
}

extension EpisodeWork {
    /// Whether a deadline, open or ended, is another one than with the holidays that were listed before.
    fileprivate func isMoved(since holidays: Set<CivilDate>) -> Bool {
        let earlier = Practice(policy: practice.policy, zone: practice.zone, holidays: holidays)
        return history.deadlines(under: practice) != history.deadlines(under: earlier)
    }
}
