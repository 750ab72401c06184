internal import CrisisCare

// The entries of a plan as they are stored: steps and additions side by side, each under its number.

extension PlanContent {
    /// Every part that has entries, with its number, in the order of the numbers.
    var storedItems: [(number: Int, texts: [String])] {
        var items = PlanStep.allCases.map { (number: $0.rawValue, texts: entries[$0] ?? []) }
        // Most plans have none, and an import writes a hundred thousand plans.
        if !additions.isEmpty { items += PlanAddition.allCases.map { ($0.rawValue, additions[$0] ?? []) } }
        return items
    }

    /// Adds an entry to the part that has this number.
    mutating func append(_ text: String, storedUnder number: Int) throws {
        if let step = PlanStep(rawValue: number) {
            entries[step, default: []].append(text)
        } else if let addition = PlanAddition(rawValue: number) {
            additions[addition, default: []].append(text)
        } else {
            throw UnknownCode()
        }
    }
}
