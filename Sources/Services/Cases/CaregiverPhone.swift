internal import CrisisCare

/// The caregiver's phone number as a person gives it. Spreadsheets are imported with whatever they hold.
package enum CaregiverPhone {
    /// What is wrong with a number, and what to write instead; `nil` for one that can be called, or none.
    package static func complaint(_ text: String) -> String? {
        guard !text.isBlank, !PhoneText.isReachable(text) else { return nil }
        return "the caregiver's phone number has fewer than ten digits; write it with its area code, or leave it out"
    }

    static func check(_ text: String) throws {
        if let complaint = complaint(text) { throw ServiceError.badValue(complaint) }
    }
}
