/// How a provider answers a call. Source: practice.md section 3.
package enum ResponseMode: String, CaseIterable, Sendable {
    case mobile
    case deferredMobile = "deferred mobile"
    case phone = "non-mobile (phone)"

    /// Whether a clinician goes to the family, so that the arrival is the response.
    package var isMobile: Bool {
        self != .phone
    }
}
