package import CivilTime
package import Services

extension Session {
    /// How far ahead a calendar looks, in days: beyond every date that a deadline of an open case can have.
    private static let calendarDays = 3_660

    /// The open deadlines of a clinician as a calendar: the rows of the worklists, as of the same instant.
    package borrowing func calendar(of clinician: String, asOf: Instant?) throws -> WorkCalendar {
        var query = WorklistQuery()
        query.asOf = asOf
        query.clinician = clinician
        query.withinDays = Self.calendarDays
        return WorkCalendar(worklist: try worklist("calendar", query).0)
    }
}
