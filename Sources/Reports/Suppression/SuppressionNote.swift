/// What a report with hidden counts says of them, to whoever passes it on.
package enum SuppressionNote {
    /// - Parameter limit: counts from 1 to one less than this are hidden.
    package static func text(below limit: Int) -> String {
        "Counts from 1 to \(limit - 1) are hidden, and whatever in this report would give them away. Another report "
            + "may: give the same people none whose period overlaps this one's, and none of this period that is "
            + "divided otherwise, has another limit, or is of another time."
    }
}
