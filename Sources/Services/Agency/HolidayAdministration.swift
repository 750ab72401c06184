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

    /// A clock that started before the day's end and was due on or after it counts, or counted, the day.
    private static func recompute(
        around day: CivilDate,
        _ change: inout Change,
        in db: borrowing Access<Writing>
    ) throws -> Int {
        change.holidays = try HolidayStore.days(in: db)
        var detail = AuditDetail()
        detail.add("day", from: nil, to: day)
        try change.audit(detail: detail.json, in: db)
        let episodes = try DeadlineStore.episodesAwaitingAnswer(
            startedBefore: change.zone.startOfDay(day),
            dueFrom: change.zone.startOfDay(day),
            in: db
        )
        for id in episodes {
            guard let record = try EpisodeStore.find(id, in: db) else { continue }
            try EpisodeWork.load(record, change, in: db).save(&change, in: db)
        }
        return episodes.count
    }
}
