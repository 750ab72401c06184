internal import CivilTime
internal import Reports
internal import Services

extension CommandRun {
    /// Changes a case in one use case and says what is due next.
    ///
    /// - Parameters:
    ///   - action: the command as the audit knows it.
    ///   - done: what was done, for the receipt.
    ///   - change: the use case; it is told whether this is a dry run.
    ///   - addition: what the receipt says besides.
    func change(
        _ action: String,
        _ done: String,
        isDryRun: Bool,
        _ change: (borrowing Session, Moments) throws -> CaseChange,
        adding addition: (CaseChange, inout Receipt) -> Void = { _, _ in }
    ) throws {
        let (result, moments) = try session(action) { session in
            let moments = Moments(zone: session.zone, now: session.now)
            return (try change(session, moments), moments)
        }
        for warning in result.warnings { console.warn(warning) }
        for offer in result.offers { console.note(offer) }
        var receipt = Receipt(done, result, at: moments.now)
        addition(result, &receipt)
        try show(receipt, in: moments.zone, isDryRun: isDryRun)
    }

    /// Changes what the agency works with: staff, sites, holidays.
    func administer(
        _ action: String,
        isDryRun: Bool,
        _ change: (borrowing Session, Moments) throws -> Receipt
    ) throws {
        let (receipt, zone) = try session(action) { session in
            (try change(session, Moments(zone: session.zone, now: session.now)), session.zone)
        }
        try show(receipt, in: zone, isDryRun: isDryRun)
    }

    /// Lists what the agency works with.
    func list(
        _ action: String,
        whenEmpty: String,
        _ read: (borrowing Session) throws -> Listing
    ) throws {
        let (listing, zone) = try session(action) { session in (try read(session), session.zone) }
        try show(listing, in: zone, whenEmpty: whenEmpty)
    }
}
