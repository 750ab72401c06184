package import CivilTime
internal import CrisisCare
package import Services
internal import SQLite
internal import Storage

/// A client on record who may be the one that is meant.
package struct NearClient: Sendable {
    package let clientRef: String
    package let birthDate: CivilDate?
    /// What may be shown to the person: the reference alone, where their sites do not see the client.
    package let label: String
}

extension Session {
    /// The clients that a text may mean, exact matches first; only those whom the person's sites see.
    package borrowing func clients(like text: String, limit: Int) throws -> [NearClient] {
        try clientMatches(text, limit: limit, "client find").found.map { Self.shown($0.client, $0.cases) }
    }

    /// The clients who may be the same person as a new one: near names and the same birth date, closed cases too.
    package borrowing func possibleDuplicates(
        ofFirstName firstName: String,
        lastName: String,
        born birthDate: CivilDate?
    ) throws -> [NearClient] {
        let actor = actor
        var found: [NearClient] = []
        func look(_ db: borrowing Access<Writing>, _ named: inout NamedClients) throws {
            let new = ClientRecord(
                id: ClientID(0),
                clientRef: "",
                firstName: firstName,
                lastName: lastName,
                birthDate: birthDate,
                sex: .unknown
            )
            let scope = actor.scope(of: .readCases)
            named.clients = try PossibleDuplicates.of(new, in: db)
            found = try named.clients.map { client in
                let visible = ClientSight.cases(among: try EpisodeStore.episodes(of: client.id, in: db))
                    .filter { scope.contains($0.site) }
                return visible.isEmpty
                    ? NearClient(
                        clientRef: client.clientRef,
                        birthDate: client.birthDate,
                        label: "\(client.clientRef), of another site, nearly that name, born that day"
                    ) : Self.shown(client, visible.filter { $0.voidedAt == nil })
            }
        }
        try read("client find", needing: .readCases, authorize: look) { _ in }
        return found
    }

    private static func shown(_ client: ClientRecord, _ cases: [EpisodeRecord]) -> NearClient {
        let standing = cases.map { episode in
            "\(episode.caseNumber) \(episode.discharge == nil ? "open" : "closed")"
        }
        let parts = [client.displayName, client.birthDate.map { "born \($0)" }, client.clientRef]
        return NearClient(
            clientRef: client.clientRef,
            birthDate: client.birthDate,
            label: parts.compactMap(\.self).joined(separator: "  ")
                + (standing.isEmpty ? "" : "  (\(standing.joined(separator: ", ")))")
        )
    }
}
