internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

/// Finds the clients that somebody may mean by a text: by reference, case number, birth date or name.
enum ClientMatches {
    enum Nearness: String {
        /// The text is the client's, or the beginning of it.
        case exact
        /// One letter is different.
        case near
    }

    /// Calls `body` on each client that a text may mean, until it returns false: the exact ones before the near ones, the
    /// whole word of a name before a longer one that begins with it.
    ///
    /// One who was merged is found as the one who was kept. Nobody comes twice.
    static func forEach<Mode>(
        _ text: String,
        in db: borrowing Access<Mode>,
        _ body: (ClientID, Nearness) throws -> Bool
    ) throws {
        var seen: Set<ClientID> = []
        var goesOn = true
        func take(_ standing: ClientID, _ nearness: Nearness) throws -> Bool {
            guard seen.insert(standing).inserted else { return true }
            goesOn = try body(standing, nearness)
            return goesOn
        }
        for client in try named(text, in: db) where goesOn {
            _ = try take(ClientMergeStore.standing(for: client, in: db), .exact)
        }
        // A word of the text needs a word of the name, so that each word narrows.
        let words = NameWords.words(of: text)
        guard goesOn else { return }
        try ClientSearch.forEach(answering: words.map { SoughtWord($0) }, in: db) { client in
            try take(ClientMergeStore.standing(for: client, in: db), .exact)
        }
        guard goesOn else { return }
        let slips = try words.map { SoughtWord($0, near: try NearWords.of($0, in: db)) }
        guard slips.contains(where: { !$0.near.isEmpty }) else { return }
        try ClientSearch.forEach(answering: slips, in: db) { client in
            try take(ClientMergeStore.standing(for: client, in: db), .near)
        }
    }

    /// Who bears a reference, a case number or a birth date.
    private static func named<Mode>(_ text: String, in db: borrowing Access<Mode>) throws -> [ClientID] {
        var found: [ClientID] = []
        for ref in Set([text, text.uppercased()]) {
            if let client = try ClientStore.find(ref: ref, in: db) { found.append(client.id) }
        }
        if let number = CaseNumber(text), let episode = try EpisodeStore.find(number, in: db), episode.voidedAt == nil {
            found.append(episode.client)
        }
        if let episode = try EpisodeStore.find(sourceRef: text, in: db), episode.voidedAt == nil {
            found.append(episode.client)
        }
        if let day = CivilDate(text) { found += try ClientStore.born(on: day, in: db) }
        return found
    }
}
