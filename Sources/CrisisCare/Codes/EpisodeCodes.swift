/// A client's sex as the site's records hold it.
package enum Sex: String, CaseIterable, Sendable {
    case female
    case male
    case other
    case unknown
}

/// How an adult reached the service. Source: practice.md section 1.
package enum AccessChannel: String, CaseIterable, Sendable {
    case phoneLine = "phone line"
    case mobileTeam = "mobile team"
    case emergencyRoom = "emergency room"
    case walkInClinic = "walk-in clinic"
    case onSiteStaff = "on-site staff"
}
