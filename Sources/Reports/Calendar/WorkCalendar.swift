internal import CivilTime
internal import CrisisCare
internal import Storage

/// Open deadlines as a calendar file (RFC 5545) that a calendar program subscribes to or reads.
///
/// It leaves the agency for phones and other companies' servers: a case number and what is due are all that it tells.
/// No name, no phone, not what a referral is about.
package struct WorkCalendar: Sendable {
    let worklist: Worklist

    /// When an all-day entry reminds, before or after the midnight on which its day begins: at nine in the morning on
    /// the day before and on the day itself; arbitrary.
    private static let dayReminders = ["-PT15H", "PT9H"]

    package var count: Int { worklist.rows.count }

    /// The whole file. The same facts and the same as-of instant give the same bytes.
    package var bytes: [UInt8] {
        var text = CalendarText()
        text.line("BEGIN", "VCALENDAR")
        text.line("VERSION", "2.0")
        text.line("PRODID", "-//followup//crisis follow-up//EN")
        text.line("CALSCALE", "GREGORIAN")
        text.line("METHOD", "PUBLISH")
        text.text("X-WR-CALNAME", "Crisis follow-up")
        // A calendar has at least one component (section 3.6), and nothing may be due.
        if worklist.rows.isEmpty { Self.appendZone(to: &text) }
        for row in worklist.rows { append(row, to: &text) }
        text.line("END", "VCALENDAR")
        return text.bytes
    }

    private func append(_ row: OpenDeadline, to text: inout CalendarText) {
        let deadline = row.deadline
        let isOverdue = deadline.isOverdue(at: worklist.asOf)
        let number = row.caseNumber.description
        let summary = "\(number): \(deadline.kind.words) \(isOverdue ? "overdue" : "due")"
        text.line("BEGIN", "VEVENT")
        text.text("UID", "\(number)-\(deadline.kind.rawValue)-\(deadline.startedBy)@followup")
        text.line("DTSTAMP", Self.utc(worklist.asOf))
        // Since when the entry says what it says, by the facts and not by the clock: the same file twice is no change.
        text.line("LAST-MODIFIED", Self.utc(isOverdue ? deadline.dueAt.adding(seconds: 1) : deadline.startedAt))
        if deadline.kind.isDueAtInstant {
            text.line("DTSTART", Self.utc(deadline.dueAt))
        } else {
            let day = row.dueDay(in: worklist.zone)
            text.line("DTSTART;VALUE=DATE", Self.digits(day))
            // The end is exclusive (section 3.6.1): an entry of one day ends on the next.
            text.line("DTEND;VALUE=DATE", Self.digits(day.adding(days: 1)))
        }
        text.text("SUMMARY", summary)
        var description = "To see the case: followup show \(number)"
        if row.part2 { description += "\n\(Part2Notice.text)" }
        text.text("DESCRIPTION", description)
        text.text("CATEGORIES", isOverdue ? "OVERDUE" : "DUE")
        text.line("CLASS", "CONFIDENTIAL")
        // What is due does not make anybody busy.
        text.line("TRANSP", "TRANSPARENT")
        // A calendar that is read anew must not ring for everything that has passed.
        for trigger in isOverdue ? [] : Self.reminders(of: deadline.kind) {
            text.line("BEGIN", "VALARM")
            text.line("ACTION", "DISPLAY")
            text.line("TRIGGER", trigger)
            text.text("DESCRIPTION", summary)
            text.line("END", "VALARM")
        }
        text.line("END", "VEVENT")
    }

    /// Durations from the start of an entry; arbitrary, but early enough to act.
    private static func reminders(of kind: DeadlineKind) -> [String] {
        switch kind {
        case .arrival: ["-PT15M"]
        case .deferredResponse, .firstContact: ["-PT4H"]
        default: dayReminders
        }
    }

    private static func appendZone(to text: inout CalendarText) {
        text.line("BEGIN", "VTIMEZONE")
        text.line("TZID", "UTC")
        text.line("BEGIN", "STANDARD")
        text.line("DTSTART", "19700101T000000")
        text.line("TZOFFSETFROM", "+0000")
        text.line("TZOFFSETTO", "+0000")
        text.line("END", "STANDARD")
        text.line("END", "VTIMEZONE")
    }

    private static func digits(_ date: CivilDate) -> String {
        date.description.replacing("-", with: "")
    }

    /// `20261120T190500Z`.
    private static func utc(_ instant: Instant) -> String {
        let secondsPerDay: Int64 = 86_400
        let second = ((instant.seconds % secondsPerDay) + secondsPerDay) % secondsPerDay
        let day = CivilDate(dayNumber: Int((instant.seconds - second) / secondsPerDay))
        let time = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : String($0) }
        return "\(digits(day))T\(time.joined())Z"
    }
}
