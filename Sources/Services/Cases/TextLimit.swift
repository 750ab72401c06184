/// How long a text may be that a person types: what the schema takes. A longer one is said in words before anything is
/// written, where the database could only name a constraint.
struct TextLimit: Equatable {
    /// In code points, as the schema counts.
    let longest: Int

    static let note = TextLimit(longest: 100_000)
    static let reason = TextLimit(longest: 2_000)
    /// A first or last name, and other short texts.
    static let name = TextLimit(longest: 200)
    static let caregiverName = TextLimit(longest: 400)
    /// An entry of a plan, and what was said of one means.
    static let planEntry = TextLimit(longest: 10_000)

    func allows(_ text: String) -> Bool {
        // Bytes are counted at once, and are never fewer than code points.
        text.utf8.count <= longest || text.unicodeScalars.count <= longest
    }

    /// - Parameter what: the text as the message calls it, such as `the note`.
    func check(_ text: String, _ what: String) throws(ServiceError) {
        guard allows(text) else {
            throw .badValue("\(what) is longer than \(longest) characters; shorten it, nothing was saved")
        }
    }
}
