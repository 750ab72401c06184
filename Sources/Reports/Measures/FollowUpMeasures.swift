internal import CivilTime
internal import CrisisCare
internal import Storage

extension Measure {
    /// What came after the response.
    static let followUp = [
        Measure(
            id: "first-contact-in-time",
            section: .followUp,
            words: "First follow-up in time (48 hours)",
            numerator: "first contacts within the policy's hours of the response",
            denominator: "responses whose clock of the first contact was met or has run out",
            exclusions: """
                programs and episodes without that clock; clocks that still run, or that a discharge ended in time
                """,
            unit: .share,
            observe: { facts, tally in
                if let isKept = facts.results.firstContact { tally.count(isKept) }
            }
        ),
        Measure(
            id: "contacts-per-episode",
            section: .followUp,
            words: "Contacts per episode",
            numerator: "completed visits with youth or caregiver at or after the response",
            denominator: "mobile and deferred mobile episodes at which a team has arrived",
            exclusions: "phone-only episodes",
            unit: .ratio,
            observe: { facts, tally in
                guard facts.results.isReached else { return }
                tally.outOf()
                tally.add(facts.results.contacts)
            }
        ),
        Measure(
            id: "attempts-per-episode",
            section: .followUp,
            words: "Attempts per episode",
            numerator: "visits for youth or caregiver that did not come about",
            denominator: "mobile and deferred mobile episodes at which a team has arrived",
            exclusions: "phone-only episodes",
            unit: .ratio,
            observe: { facts, tally in
                guard facts.results.isReached else { return }
                tally.outOf()
                tally.add(facts.results.attempts)
            }
        ),
        Measure(
            id: "attempts-per-contact",
            section: .followUp,
            words: "Attempts per contact",
            numerator: "visits for youth or caregiver that did not come about",
            denominator: "contacts",
            exclusions: "phone-only episodes, and those at which nobody has arrived",
            unit: .ratio,
            observe: { facts, tally in
                guard facts.results.isReached else { return }
                tally.outOf(facts.results.contacts)
                tally.add(facts.results.attempts)
            }
        ),
        Measure(
            id: "overdue-days",
            section: .followUp,
            words: "Days overdue",
            numerator: "days between the due date and the as-of date, of every overdue deadline",
            denominator: "",
            exclusions: "",
            unit: .count,
            observe: { facts, tally in tally.add(facts.results.overdueDays) }
        ),
        Measure(
            id: "overdue-days-by-clinician",
            section: .followUp,
            words: "Days overdue by clinician",
            numerator: "days overdue of the clinician's episodes",
            denominator: "days overdue",
            exclusions: "",
            unit: .share,
            categories: .clinicians,
            observe: { facts, tally in
                let days = facts.results.overdueDays
                guard days > 0 else { return }
                tally.outOf(days)
                tally.add(days, to: facts.names.place(of: facts.row.clinician))
            }
        ),
    ]
}
