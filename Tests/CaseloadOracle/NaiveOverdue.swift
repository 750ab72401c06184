/// One open deadline with the columns of `overdue`; `caseRef` stands for the case number, which only the product knows.
package struct NaiveOverdue: Equatable, Sendable {
    package let caseRef: String
    /// Last name, first name.
    package let client: String
    package let kind: String
    package let about: String
    package let dueAt: Int64
    package let isOverdue: Bool
    /// The civil date of the as-of instant minus the civil date of `dueAt`; negative when due on a later day.
    package let daysOverdue: Int
    package let clinician: String
    package let site: String
    package let lastContactAt: Int64?
    package let attempts: Int
    /// `YYYY-MM-DD`, or empty where there is no window.
    package let windowEndsOn: String
    /// Empty when the episode is minor-consented.
    package let phone: String
}

extension NaiveCaseload {
    /// What is open and was due before `asOf`, sorted by due instant, case, kind and about.
    /// `holidays` are `YYYY-MM-DD`.
    package func overdue(asOf: Int64, holidays: Set<String> = []) -> [NaiveOverdue] {
        open(asOf: asOf, holidays: holidays).filter(\.isOverdue)
    }

    /// Every open deadline, overdue or not, in the same order.
    package func open(asOf: Int64, holidays: Set<String> = []) -> [NaiveOverdue] {
        let today = newYork.day(of: asOf)
        var list: [NaiveOverdue] = []
        for moment in moments(asOf: asOf) {
            let episode = moment.episode
            for deadline in moment.openDeadlines(holidays: holidays) {
                list.append(
                    NaiveOverdue(
                        caseRef: episode.caseRef,
                        client: "\(episode.lastName), \(episode.firstName)",
                        kind: deadline.kind,
                        about: deadline.about,
                        dueAt: deadline.dueAt,
                        isOverdue: deadline.dueAt < asOf,
                        daysOverdue: today - newYork.day(of: deadline.dueAt),
                        clinician: episode.clinician,
                        site: episode.site,
                        lastContactAt: moment.contacts.last?.at,
                        attempts: moment.attemptsSinceLastContact,
                        windowEndsOn: moment.windowEnd.map(NaiveDay.text) ?? "",
                        phone: episode.isMinorConsented ? "" : episode.caregiverPhone
                    )
                )
            }
        }
        return list.sorted {
            ($0.dueAt, $0.caseRef, $0.kind, $0.about) < ($1.dueAt, $1.caseRef, $1.kind, $1.about)
        }
    }
}
