package import CivilTime

/// A follow-up contact, an attempt at one, or work with a school or another provider.
package struct Visit: Hashable, Sendable {
    package let id: RecordID<Visit>
    package var at: Instant
    package var mode: ContactMode
    package var result: ContactResult
    package var with: ContactWith
    /// The date of the next contact that was promised to the family.
    package var promisedNext: CivilDate?

    package init(
        id: RecordID<Visit>,
        at: Instant,
        mode: ContactMode,
        result: ContactResult,
        with: ContactWith,
        promisedNext: CivilDate? = nil
    ) {
        self.id = id
        self.at = at
        self.mode = mode
        self.result = result
        self.with = with
        self.promisedNext = promisedNext
    }

    /// A completed visit with youth, caregiver or both, at or after the response (practice.md section 2).
    package func isContact(since response: Instant) -> Bool {
        result == .completed && with.isFamily && at >= response
    }

    /// A visit for the family that did not come about; it is counted and satisfies no deadline (practice.md section 2).
    package var isAttempt: Bool {
        result != .completed && with.isFamily
    }
}
