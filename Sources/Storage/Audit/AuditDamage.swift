/// What was done to the audit by other means than this program, as far as the entries that are left can tell.
package enum AuditDamage: Equatable, Sendable {
    /// What the entry says, or its hash, is not what was written.
    case changed(Int64)
    /// There are no entries of these numbers.
    case removed(ClosedRange<Int64>)
    /// So many entries before this one are gone, and those behind were given new numbers.
    case removedBefore(Int64, count: Int64)
    /// Entries that were not written by the program stand here, and those behind were given new numbers.
    case inserted(ClosedRange<Int64>)
    /// These two stand in each other's place.
    case exchanged(Int64, Int64)
    /// These stand in another order than that in which they were written.
    case reordered([Int64])

    /// The first entry at which the audit is not what was written.
    package var sequence: Int64 {
        switch self {
        case .changed(let sequence), .removedBefore(let sequence, _), .exchanged(let sequence, _): sequence
        case .removed(let range), .inserted(let range): range.lowerBound
        case .reordered(let sequences): sequences.min() ?? 0
        }
    }

    /// The stable word for it in CSV and JSON.
    package var code: String {
        switch self {
        case .changed: "changed"
        case .removed, .removedBefore: "removed"
        case .inserted: "inserted"
        case .exchanged, .reordered: "reordered"
        }
    }
}

extension AuditDamage: CustomStringConvertible {
    package var description: String {
        switch self {
        case .changed(let sequence):
            "entry \(sequence) was changed, or the one before it together with its hash"
        case .removed(let range) where range.count == 1:
            "entry \(range.lowerBound) was removed"
        case .removed(let range):
            "entries \(range.lowerBound) to \(range.upperBound) were removed"
        case .removedBefore(let sequence, let count):
            "\(count) removed before entry \(sequence), and those behind renumbered"
        case .inserted(let range) where range.count == 1:
            "entry \(range.lowerBound) was inserted"
        case .inserted(let range):
            "entries \(range.lowerBound) to \(range.upperBound) were inserted"
        case .exchanged(let one, let other):
            "entries \(one) and \(other) have changed places"
        case .reordered(let sequences):
            "entries \(sequences.map { String($0) }.joined(separator: ", ")) are not in their order"
        }
    }
}
