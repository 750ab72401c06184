/// A list of codes that an administrator may add to or retire from; the codes shipped are defaults.
///
/// Codes that a rule depends on (response mode, contact result and so on) are types of their own and not listed here.
/// Source: practice.md section 3.
package enum CodeList: Int, CaseIterable, Sendable {
    /// The raw value is the thousand in which the list's stored codes are numbered; the schema checks it.
    case town = 1
    case referralSource
    case presentingProblem
    case location
    case dischargeReason
    case serviceType
    case planReason

    package var name: String {
        switch self {
        case .town: "town"
        case .referralSource: "referral source"
        case .presentingProblem: "presenting problem"
        case .location: "location of response"
        case .dischargeReason: "discharge reason"
        case .serviceType: "referral service type"
        case .planReason: "reason for a plan"
        }
    }
}

/// Codes of the open lists that a rule names.
package enum NamedCode {
    /// A discharge for this reason needs the policy's number of attempts (practice.md section 2).
    package static let unableToReach = "unable to reach"
    /// Who transfers calls warm, with a reference of their own (practice.md section 1).
    package static let callCenters = ["info line (2-1-1)", "988"]
    /// A town outside Connecticut, allowed and marked (practice.md section 3).
    package static let outOfState = "out of state"
}
