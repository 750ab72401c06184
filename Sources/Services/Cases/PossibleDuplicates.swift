package import SQLite
package import Storage

/// Finds clients on record who may be the same person: near names and the same birth date.
package enum PossibleDuplicates {
    /// One letter of difference in a name, as by a typing mistake.
    private static let letters = 1

    package static func of<Mode>(_ client: ClientRecord, in db: borrowing Access<Mode>) throws -> [ClientRecord] {
        guard let birthDate = client.birthDate else { return [] }
        return try ClientStore.born(on: birthDate, in: db).filter { $0.id != client.id && areNear($0, client) }
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
