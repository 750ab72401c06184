package import SQLite
package import Storage

/// Finds clients on record who may be the same person: near names and the same birth date.
package enum PossibleDuplicates {
    /// One letter of difference in a name, as by a typing mistake.
    private static let letters = 1

    /// Compares with merged clients too, whose names and dates somebody may still go by, and names who was kept.
    package static func of<Mode>(_ client: ClientRecord, in db: borrowing Access<Mode>) throws -> [ClientRecord] {
        guard let birthDate = client.birthDate else { return [] }
        var near: [ClientRecord] = []
        for other in try ClientStore.born(on: birthDate, in: db) where other.id != client.id && areNear(other, client) {
            let standing = try ClientMergeStore.standing(for: other.id, in: db)
            guard standing != client.id, !near.contains(where: { $0.id == standing }) else { continue }
            if let kept = standing == other.id ? other : try ClientStore.find(standing, in: db) { near.append(kept) }
        }
        return near
    }

    private static func areNear(_ left: ClientRecord, _ right: ClientRecord) -> Bool {
        let (leftFirst, leftLast) = (left.firstName.lowercased(), left.lastName.lowercased())
        let (rightFirst, rightLast) = (right.firstName.lowercased(), right.lastName.lowercased())
        if isNear(leftFirst, rightFirst), isNear(leftLast, rightLast) { return true }
        return leftFirst == rightLast && leftLast == rightFirst
    }

    private static func isNear(_ left: String, _ right: String) -> Bool {
        guard abs(left.count - right.count) <= letters else { return false }
        return EditDistance.between(left, right) <= letters
    }
}
