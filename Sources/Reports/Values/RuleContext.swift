package import CivilTime
package import CrisisCare
package import SQLite
package import Services
package import Storage

/// What reading by the rules needs besides a case: the clock, the zone, policies, holidays and names.
package struct RuleContext: Sendable {
    package let now: Instant
    package let zone: Zone
    package let holidays: Set<CivilDate>
    package let directory: Directory

    /// - Parameter hasCodes: false where no code is shown; see `Directory.load`.
    package init<Mode>(now: Instant, zone: Zone, in db: borrowing Access<Mode>, hasCodes: Bool = true) throws {
        self.now = now
        self.zone = zone
        holidays = try HolidayStore.days(in: db)
        directory = try Directory.load(in: db, hasCodes: hasCodes)
    }

    package func practice(of record: EpisodeRecord) throws -> Practice {
        let day = zone.date(of: record.callReceivedAt)
        guard let policy = directory.policies.policy(of: record.program, on: day) else {
            throw ServiceError.badValue("the program had no policy on the day of the call; see followup policy show")
        }
        return Practice(policy: policy, zone: zone, holidays: holidays)
    }
}
