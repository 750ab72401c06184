internal import CivilTime
internal import CrisisCare
package import SQLite
package import Storage

/// Finds clients on record who may be the same person: near names and the same birth date.
package enum PossibleDuplicates {
    /// Compares with merged clients too, whose names and dates somebody may still go by, and names who was kept.
    package static func of<Mode>(_ client: ClientRecord, in db: borrowing Access<Mode>) throws -> [ClientRecord] {
        guard let birthDate = client.birthDate else { return [] }
        var names = try ClientStore.names(bornOn: birthDate, in: db)
        names.append(client)
        let compared = ComparedNames(of: names)
        let sought = compared.indices.upperBound - 1
        let others = compared.indices.filter { other in
            compared.id(other) != client.id && compared.areNear(other, sought)
        }
        return try standing(for: others.map(compared.id), besides: client.id, in: db)
    }

    /// The clients of one birth date that are new, each with those who were there before and may be the same person.
    ///
    /// All of one date are read once, however many of them are new.
    /// - Parameter isNew: clients that are not new were there before; of those that are, the earlier key was.
    static func among<Mode>(
        bornOn day: CivilDate,
        isNew: (ClientID) -> Bool,
        in db: borrowing Access<Mode>
    ) throws -> [(new: ClientRecord, known: [ClientRecord])] {
        let names = ComparedNames(of: try ClientStore.names(bornOn: day, in: db))
        let areNew = names.indices.map { isNew(names.id($0)) }
        var found: [(new: ClientRecord, known: [ClientRecord])] = []
        for index in names.indices where areNew[index] {
            let id = names.id(index)
            var others: [ClientID] = []
            for other in names.indices where !areNew[other] || names.id(other).value < id.value {
                if names.areNear(other, index) { others.append(names.id(other)) }
            }
            guard !others.isEmpty else { continue }
            let known = try standing(for: others, besides: id, in: db)
            if !known.isEmpty, let new = try ClientStore.find(id, in: db) { found.append((new, known)) }
        }
        return found
    }

    /// The clients whom others stand for, each once, by the order in which those others were entered.
    private static func standing<Mode>(
        for others: [ClientID],
        besides client: ClientID,
        in db: borrowing Access<Mode>
    ) throws -> [ClientRecord] {
        var near: [ClientRecord] = []
        for other in others.sorted() {
            let standing = try ClientMergeStore.standing(for: other, in: db)
            guard standing != client, !near.contains(where: { $0.id == standing }) else { continue }
            if let kept = try ClientStore.find(standing, in: db) { near.append(kept) }
        }
        return near
    }
}
