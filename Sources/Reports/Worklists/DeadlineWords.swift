package import CivilTime
package import CrisisCare
package import Storage

extension DeadlineKind {
    /// The kind as people say it: its code without the hyphens.
    package var words: String {
        String(rawValue.map { $0 == "-" ? " " : $0 })
    }

    /// Whether it falls due at an instant that is counted in minutes or hours, not with the end of a civil day
    /// (practice.md section 2).
    package var isDueAtInstant: Bool {
        switch self {
        case .arrival, .deferredResponse, .firstContact: true
        case .nextContact, .safetyPlan, .planReview, .referralAnswer, .firstAppointment, .close: false
        }
    }
}

extension OpenDeadline {
    /// The civil day on which it is due.
    package func dueDay(in zone: Zone) -> CivilDate {
        zone.date(of: deadline.dueAt)
    }
}
