internal import CivilTime
internal import SQLite
internal import Storage

/// The agency's rules as a session read them last: policies and holidays.
///
/// They are hardly ever written and every change needs them. What was read is used again as long as nobody has committed
/// anything since, in this process or another, but changes of this session that leave them as they are.
final class SessionRules {
    struct Rules {
        let policies: PolicyBook
        let holidays: Set<CivilDate>
    }

    private var known: (rules: Rules, dataVersion: UInt32)?

    /// The rules as they stand in a transaction.
    func current(in db: borrowing Access<Writing>) throws -> Rules {
        let dataVersion = db.dataVersion
        if let known, known.dataVersion == dataVersion { return known.rules }
        let rules = Rules(policies: try PolicyStore.book(in: db), holidays: try HolidayStore.days(in: db))
        known = (rules, dataVersion)
        return rules
    }

    /// Lets what the last change read hold after its commit, which left it as it is.
    /// - Parameter dataVersion: that of the connection since the commit.
    func stand(at dataVersion: UInt32) {
        known?.dataVersion = dataVersion
    }

    /// To be called after a change that may have written them.
    func forget() {
        known = nil
    }
}
