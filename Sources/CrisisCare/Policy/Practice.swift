package import CivilTime

/// What the rules need besides an episode's own history: its policy, the agency's zone and its holidays.
package struct Practice: Sendable {
    package let policy: Policy
    package let zone: Zone
    package let holidays: Set<CivilDate>

    package init(policy: Policy, zone: Zone, holidays: Set<CivilDate>) {
        self.policy = policy
        self.zone = zone
        self.holidays = holidays
    }

    /// The day that lies `count` business days after `day`: Monday to Friday without the agency's holidays.
    package func day(_ count: Int, businessDaysAfter day: CivilDate) -> CivilDate {
        var result = day
        var left = count
        while left > 0, result < .latest {
            result = result.adding(days: 1)
            if !result.isWeekend, !holidays.contains(result) { left -= 1 }
        }
        return result
    }

    /// The day that lies `count` business days before `day`: the first from which a clock of `count` business days runs
    /// to `day` or past it.
    package func day(_ count: Int, businessDaysBefore day: CivilDate) -> CivilDate {
        var result = day
        var left = count
        while left > 0, result > .earliest {
            result = result.adding(days: -1)
            if !result.isWeekend, !holidays.contains(result) { left -= 1 }
        }
        return result
    }
}
