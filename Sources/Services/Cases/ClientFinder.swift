package import CrisisCare
package import SQLite
package import Storage

/// A client with the cases that an actor may see.
package struct KnownClient: Sendable {
    package let client: ClientRecord
    package let version: Int
    /// By the time of their calls, closed ones too.
    package let episodes: [EpisodeRecord]
}

package enum ClientFinder {
    /// Finds a client by reference, that of a merged duplicate included, or by the number of a case; one whom the
    /// actor's sites do not see is refused.
    package static func find<Mode>(
        _ text: String,
        by actor: Actor,
        needing permission: Permission,
        in db: borrowing Access<Mode>
    ) throws -> KnownClient {
        guard let client = try client(text, in: db) else {
            throw unknown
        }
        let all = ClientSight.cases(among: try EpisodeStore.episodes(of: client.id, in: db))
        let visible = all.filter { actor.may(permission, at: $0.site) }
        if visible.isEmpty, let other = all.first { try actor.require(permission, at: other.site) }
        return KnownClient(
            client: client,
            version: try ClientStore.version(of: client.id, in: db),
            episodes: visible.filter { $0.voidedAt == nil }
        )
    }

    static let unknown = ServiceError.notFound(
        what: "no client has that reference",
        hint: "Look it up by name with followup client find TEXT."
    )

    /// By reference, or by the number of a case.
    package static func client<Mode>(_ text: String, in db: borrowing Access<Mode>) throws -> ClientRecord? {
        guard let client = try recorded(text, in: db) else { return nil }
        return try ClientStore.find(ClientMergeStore.standing(for: client.id, in: db), in: db)
    }

    /// The row of a reference, be it merged into another or not; by the number of a case, the one who has it.
    static func recorded<Mode>(_ text: String, in db: borrowing Access<Mode>) throws -> ClientRecord? {
        if let client = try ClientStore.find(recordedAs: text, in: db) { return client }
        // The references made here are in capitals.
        if let client = try ClientStore.find(recordedAs: text.uppercased(), in: db) { return client }
        guard let number = CaseNumber(text), let episode = try EpisodeStore.find(number, in: db),
            episode.voidedAt == nil
        else { return nil }
        return try ClientStore.find(episode.client, in: db)
    }
}
