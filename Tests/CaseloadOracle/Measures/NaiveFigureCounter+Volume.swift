extension NaiveFigureCounter {
    mutating func countVolume() {
        count("episodes", moments.count)
        var sexOfClient: [String: String] = [:]
        for moment in moments { sexOfClient[moment.episode.clientRef] = moment.episode.sex }
        count("children", sexOfClient.count)
        shares("sex", Array(sexOfClient.values))
        shares("episode-type", moments.compactMap(\.typeName))
        shares("referral-source", moments.map(\.episode.referralSource))
        shares("presenting-problem", moments.map(\.episode.presentingProblem))
        shares("town", moments.map(\.episode.town).filter { !$0.isEmpty })
        var bands: [String] = []
        for moment in moments {
            guard let birth = moment.episode.birthDay else { continue }
            let age = NaiveDay.wholeYears(from: birth, to: moment.newYork.day(of: moment.episode.callAt))
            if age <= 5 {
                bands.append("5 and younger")
            } else if age <= 8 {
                bands.append("6 to 8")
            } else if age <= 12 {
                bands.append("9 to 12")
            } else if age <= 15 {
                bands.append("13 to 15")
            } else if age <= 18 {
                bands.append("16 to 18")
            } else {
                bands.append("19 and older")
            }
        }
        shares("age-band", bands)
    }

    mutating func countResponses() {
        share("mobility", moments.filter { !$0.episode.isPhoneOnly }.count, moments.count)
        var seconds: [Int] = []
        for moment in moments where moment.episode.responseMode == "mobile" && !moment.episode.isAdult {
            if let arrivedAt = moment.arrivedAt { seconds.append(Int(arrivedAt - moment.episode.callAt)) }
        }
        share("response-in-time", seconds.filter { $0 <= 2700 }.count, seconds.count)
        quantiles("response-minutes", seconds, per: 60)
        var bands: [String] = []
        for value in seconds {
            var upper = 5
            while upper <= 120 && value > upper * 60 { upper += 5 }
            bands.append(upper > 120 ? "over 120" : upper == 5 ? "up to 5" : "\(upper - 4) to \(upper)")
        }
        shares("response-histogram", bands)
        var (kept, all) = (0, 0)
        for moment in moments where moment.episode.responseMode == "deferred mobile" && !moment.episode.isAdult {
            let call = moment.episode.callAt
            if let isKept = moment.isKept(started: call, due: call + 48 * 3_600, done: moment.arrivedAt) {
                all += 1
                if isKept { kept += 1 }
            }
        }
        share("deferred-in-time", kept, all)
    }
}
