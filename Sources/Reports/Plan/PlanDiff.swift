internal import CrisisCare
internal import Services

/// What one version of a plan says and another does not.
enum PlanDiff {
    enum Change: String {
        case removed
        case added
    }

    struct Line: Equatable {
        let change: Change
        let part: PlanPart
        let text: String
    }

    /// Part by part, in the order of the plan; where a line was replaced, the old one comes first.
    static func lines(from old: PlanContent, to new: PlanContent) -> [Line] {
        PlanPart.allCases.flatMap { part in
            let before = old.lines(of: part)
            let after = new.lines(of: part)
            let difference = after.difference(from: before)
            var removals = difference.removals.map(\.offset)[...]
            var insertions = difference.insertions.map(\.offset)[...]
            var lines: [Line] = []
            var oldIndex = 0
            var newIndex = 0
            while oldIndex < before.count || newIndex < after.count {
                if removals.first == oldIndex {
                    lines.append(Line(change: .removed, part: part, text: before[oldIndex]))
                    removals.removeFirst()
                    oldIndex += 1
                } else if insertions.first == newIndex {
                    lines.append(Line(change: .added, part: part, text: after[newIndex]))
                    insertions.removeFirst()
                    newIndex += 1
                } else {
                    oldIndex += 1
                    newIndex += 1
                }
            }
            return lines
        }
    }
}

extension CollectionDifference.Change {
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
