/// The numbers of a period's figures that are not shown.
package struct HiddenFigures: Sendable {
    /// One number: a measure's denominator, or the numerator of one of its categories.
    package struct Number: Hashable, Sendable {
        package enum Part: Hashable, Sendable {
            case numerator(Int)
            case denominator
        }

        package let measure: Int
        package let part: Part
    }

    private var numbers: Set<Place> = []

    private struct Place: Hashable {
        let number: Number
        let group: Int?
    }

    package init() {}

    package var isEmpty: Bool { numbers.isEmpty }

    package func contains(_ number: Number, of group: Int?) -> Bool {
        numbers.contains(Place(number: number, group: group))
    }

    mutating func insert(_ number: Number, of group: Int?) {
        numbers.insert(Place(number: number, group: group))
    }
}
