extension NaiveFigureCounter {
    mutating func countFollowUp() {
        let reached = moments.filter(\.isReached)
        var contacts = 0
        var attempts = 0
        for moment in reached {
            contacts += moment.contacts.count
            attempts += moment.visits.filter(\.isAttempt).count
        }
        ratio("contacts-per-episode", contacts, reached.count)
        ratio("attempts-per-episode", attempts, reached.count)
        ratio("attempts-per-contact", attempts, contacts)

        var daysOfClinician: [String: Int] = [:]
        for moment in moments {
            let today = moment.newYork.day(of: moment.asOf)
            for deadline in moment.openDeadlines(holidays: []) where deadline.dueAt < moment.asOf {
                daysOfClinician[moment.episode.clinician, default: 0] += today - moment.newYork.day(of: deadline.dueAt)
            }
        }
        let days = daysOfClinician.values.reduce(0, +)
        count("overdue-days", days)
        for (clinician, part) in daysOfClinician where part > 0 {
            share("overdue-days-by-clinician", part, days, category: clinician)
        }
        countFirstContacts()
        countPlans()
    }

    private mutating func countFirstContacts() {
        var (kept, all) = (0, 0)
        for moment in moments where moment.isReached && !moment.episode.isAdult {
            guard let response = moment.responseAt else { continue }
            let first = moment.contacts.first?.at
            if let isKept = moment.isKept(started: response, due: response + 48 * 3_600, done: first) {
                all += 1
                if isKept { kept += 1 }
            }
        }
        share("first-contact-in-time", kept, all)
    }

    private mutating func countPlans() {
        var (plansKept, plans, reviewsKept, reviews) = (0, 0, 0, 0)
        for moment in moments where moment.isReached && !moment.episode.isAdult {
            guard let response = moment.responseAt else { continue }
            let due = moment.newYork.lastSecond(of: moment.newYork.day(of: response) + 7)
            if let isKept = moment.isKept(started: response, due: due, done: moment.plans.first?.activatedAt) {
                plans += 1
                if isKept { plansKept += 1 }
            }
        }
        for moment in moments where !moment.episode.isPhoneOnly && !moment.episode.isAdult {
            for (index, plan) in moment.plans.enumerated() {
                let day = plan.reviewOn ?? moment.newYork.day(of: plan.activatedAt) + 14
                if let windowEnd = moment.windowEnd, day > windowEnd { continue }
                // The files hold no reviews: only a newer version reviews the one before it.
                let next = index + 1 < moment.plans.count ? moment.plans[index + 1].activatedAt : nil
                let due = moment.newYork.lastSecond(of: day)
                if let isKept = moment.isKept(started: plan.activatedAt, due: due, done: next) {
                    reviews += 1
                    if isKept { reviewsKept += 1 }
                }
            }
        }
        share("plan-in-time", plansKept, plans)
        share("plan-reviews-kept", reviewsKept, reviews)
    }

    mutating func countReferrals() {
        let reached = moments.filter(\.isReached)
        ratio("referrals-per-episode", reached.map(\.referrals.count).reduce(0, +), reached.count)
        shares("service-type", moments.flatMap { $0.referrals.map(\.serviceType) })
        var (kept, all, connected, referrals) = (0, 0, 0, 0)
        var daysToAnswer: [Int] = []
        var daysToAppointment: [Int] = []
        for moment in moments {
            for referral in moment.referrals {
                referrals += 1
                let sentOn = moment.newYork.day(of: referral.sentAt)
                let dueOn = NaiveDay.adding(businessDays: 3, to: sentOn, holidays: [])
                let isClosed = referral.status == "closed without connection"
                let isKept = moment.isKept(
                    started: referral.sentAt,
                    due: moment.newYork.lastSecond(of: dueOn),
                    done: isClosed ? nil : referral.answeredAt,
                    dropped: isClosed ? referral.answeredAt : nil
                )
                if let isKept {
                    all += 1
                    if isKept { kept += 1 }
                }
                if let answered = referral.answeredAt, answered <= moment.asOf {
                    daysToAnswer.append(moment.newYork.day(of: answered) - sentOn)
                }
                if let attended = referral.attendedAt, attended <= moment.asOf {
                    daysToAppointment.append(moment.newYork.day(of: attended) - sentOn)
                    if referral.status == "connected" { connected += 1 }
                }
            }
        }
        share("referrals-answered-in-time", kept, all)
        quantiles("days-to-answer", daysToAnswer, per: 1)
        quantiles("days-to-appointment", daysToAppointment, per: 1)
        share("connected", connected, referrals)
    }
}
