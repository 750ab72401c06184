internal import CivilTime
internal import CrisisCare
internal import Storage

extension Measure {
    /// The closed loop of practice.md section 5.
    static let referrals = [
        Measure(
            id: "referrals-per-episode",
            section: .referrals,
            words: "Referrals per episode",
            numerator: "referrals",
            denominator: "mobile and deferred mobile episodes at which a team has arrived",
            exclusions: "phone-only episodes",
            unit: .ratio,
            observe: { facts, tally in
                guard facts.results.isReached else { return }
                tally.outOf()
                tally.add(facts.results.referrals.count)
            }
        ),
        Measure(
            id: "service-type",
            section: .referrals,
            words: "Service types",
            numerator: "referrals to the service",
            denominator: "referrals",
            exclusions: "",
            unit: .share,
            categories: .codes(.serviceType),
            observe: { facts, tally in
                for referral in facts.results.referrals {
                    if let service = referral.service { tally.count(in: service.category) }
                }
            }
        ),
        Measure(
            id: "referrals-answered-in-time",
            section: .referrals,
            words: "Referrals answered in time (3 business days)",
            numerator: "referrals answered within the policy's business days of sending",
            denominator: "referrals sent whose clock was met or has run out",
            exclusions: """
                the waiting list's clock; clocks that still run, or that a discharge or a closing ended in time
                """,
            unit: .share,
            observe: { facts, tally in
                for referral in facts.results.referrals { tally.count(referral.answers) }
            }
        ),
        Measure(
            id: "days-to-answer",
            section: .referrals,
            words: "Days from sending to the answer",
            numerator: "civil days from sending to the first answer",
            denominator: "referrals that were sent and answered",
            exclusions: "",
            unit: .days,
            observe: { facts, tally in
                for referral in facts.results.referrals {
                    if let days = referral.daysToAnswer { tally.add(value: days) }
                }
            }
        ),
        Measure(
            id: "days-to-appointment",
            section: .referrals,
            words: "Days from sending to the first appointment",
            numerator: "civil days from sending to the first appointment attended",
            denominator: "referrals that were sent and led to an appointment attended",
            exclusions: "",
            unit: .days,
            observe: { facts, tally in
                for referral in facts.results.referrals {
                    if let days = referral.daysToAppointment { tally.add(value: days) }
                }
            }
        ),
        Measure(
            id: "connected",
            section: .referrals,
            words: "Referrals connected",
            numerator: "referrals whose first appointment was attended and that are connected",
            denominator: "referrals",
            exclusions: "",
            unit: .share,
            observe: { facts, tally in
                for referral in facts.results.referrals { tally.count(referral.isConnected) }
            }
        ),
    ]
}
