internal import CivilTime
internal import CrisisCare
package import SQLite
package import Storage

/// Finds clients on record who may be the same person: near names and the same birth date.
package enum PossibleDuplicates {
    /// Compares with merged clients too, whose names and dates somebody may still go by, and names who was kept.
    package static func of<Mode>(_ client: ClientRecord, in db: borrowing Access<Mode>) throws -> [ClientRecord] {
        guard let birthDate = client.birthDate else { return [] }
        let names = ComparedNames(of: client)
        let others = try ClientStore.born(on: birthDate, in: db).filter {
            $0.id != client.id && ComparedNames(of: $0).areNear(names)
        }
        return try standing(for: others, besides: client, in: db)
    }

    /// The clients of one birth date that are new, each with those who were there before and may be the same person.
    ///
    /// All of one date are read once, however many of them are new.
    /// - Parameter isNew: clients that are not new were there before; of those that are, the earlier key was.
    static func among<Mode>(
        bornOn day: CivilDate,
        isNew: (ClientRecord) -> Bool,
        in db: borrowing Access<Mode>
    ) throws -> [(new: ClientRecord, known: [ClientRecord])] {
        let clients = try ClientStore.born(on: day, in: db).map { (record: $0, isNew: isNew($0)) }
        guard clients.count > 1 else { return [] }
        let names = clients.map { ComparedNames(of: $0.record) }
        var found: [(new: ClientRecord, known: [ClientRecord])] = []
        for index in clients.indices where clients[index].isNew {
            let others = clients.indices.filter { other in
                (other < index || !clients[other].isNew) && other != index && names[other].areNear(names[index])
            }
            guard !others.isEmpty else { continue }
            let new = clients[index].record
            let known = try standing(for: others.map { clients[$0].record }, besides: new, in: db)
            if !known.isEmpty { found.append((new, known)) }
        }
        return found
    }

    /// The clients whom others stand for, each once.
    private static func standing<Mode>(
        for others: [ClientRecord],
        besides client: ClientRecord,
        in db: borrowing Access<Mode>
    ) throws -> [ClientRecord] {
        var near: [ClientRecord] = []
        for other in others {
            let standing = try ClientMergeStore.standing(for: other.id, in: db)
            guard standing != client.id, !near.contains(where: { $0.id == standing }) else { continue }
            if let kept = standing == other.id ? other : try ClientStore.find(standing, in: db) { near.append(kept) }
        }
        return near
    }
}
