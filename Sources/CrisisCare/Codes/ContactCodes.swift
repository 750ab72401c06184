/// How a visit was made. Source: practice.md section 3.
package enum ContactMode: String, CaseIterable, Sendable {
    case inPerson = "in person"
    case phone
    case video
    case text
    case letter
}

/// What became of a visit. Source: practice.md sections 2 and 3.
package enum ContactResult: String, CaseIterable, Sendable {
    case completed
    case noAnswer = "no answer"
    case noShow = "no-show"
    case cancelledByFamily = "cancelled by family"
    case cancelledByProvider = "cancelled by provider"
    case unableToLocate = "unable to locate"
}

/// With whom a visit was. Source: practice.md section 3.
package enum ContactWith: String, CaseIterable, Sendable {
    case youth
    case caregiver
    case both
    case school
    case otherProvider = "other provider"

    /// Whether the visit was for the family: only then is it a contact or an attempt (practice.md section 2).
    package var isFamily: Bool {
        switch self {
        case .youth, .caregiver, .both: true
        case .school, .otherProvider: false
        }
    }

    /// Whether a caregiver took part, which a minor-consented episode forbids (practice.md section 7).
    package var includesCaregiver: Bool {
        self == .caregiver || self == .both
    }
}
