extension NaiveFigureCounter {
    mutating func countStays() {
        for (type, slug, limit) in [
            ("phone only", "phone-only", 1), ("face-to-face", "face-to-face", 5),
            ("stabilization plus follow-up", "follow-up", 45),
        ] {
            var stays: [Int] = []
            for moment in moments where moment.typeName == type && !moment.isOpen {
                guard let day = moment.episode.dischargedOn else { continue }
                stays.append(day - moment.newYork.day(of: moment.episode.callAt))
            }
            quantiles("stay-\(slug)", stays, per: 1)
            share("long-stay-\(slug)", stays.filter { $0 > limit }.count, stays.count)
        }

        var (inWindow, ended, extended, windows, overruled, discharged) = (0, 0, 0, 0, 0, 0)
        var reasons: [String] = []
        for moment in moments {
            if let windowEnd = moment.windowEnd, !moment.episode.isPhoneOnly {
                windows += 1
                if moment.isExtended { extended += 1 }
                if !moment.isOpen, let day = moment.episode.dischargedOn {
                    ended += 1
                    if day <= windowEnd { inWindow += 1 }
                } else if moment.newYork.lastSecond(of: windowEnd) < moment.asOf {
                    ended += 1
                }
            }
            if !moment.isOpen {
                discharged += 1
                if moment.lacksSomethingToClose { overruled += 1 }
                reasons.append(moment.episode.dischargeReason)
            }
        }
        share("closed-in-window", inWindow, ended)
        share("extended", extended, windows)
        share("closing-overrides", overruled, discharged)
        shares("discharge-reason", reasons)
    }
}

extension NaiveMoment {
    /// Whether an imported discharge came without a plan, with open referrals, or after too few attempts: the import
    /// overrules the closing gate for these alone.
    fileprivate var lacksSomethingToClose: Bool {
        guard let dischargeAt else { return false }
        if !episode.isPhoneOnly, !episode.isAdult, !episode.plans.contains(where: { $0.activatedAt <= dischargeAt }) {
            return true
        }
        let known = ["rejected", "attended", "connected", "declined by family", "closed without connection"]
        if episode.referrals.contains(where: { !known.contains($0.status) }) { return true }
        guard episode.dischargeReason == "unable to reach" else { return false }
        var attempts = 0
        for visit in episode.visits where visit.at <= dischargeAt {
            let response = responseAt ?? Int64.max
            if visit.isCompleted && visit.isWithFamily && visit.at >= response { attempts = 0 }
            if visit.isAttempt && visit.at >= (responseAt ?? episode.callAt) { attempts += 1 }
        }
        return attempts < 3
    }
}
