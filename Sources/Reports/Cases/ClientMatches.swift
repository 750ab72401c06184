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

    /// The clients with how near they are; one who was merged is found as the one who was kept.
    static func of<Mode>(_ text: String, in db: borrowing Access<Mode>) throws -> [ClientID: Nearness] {
        var found: [ClientID: Nearness] = [:]
        for (client, nearness) in try recorded(text, in: db) {
            let standing = try ClientMergeStore.standing(for: client, in: db)
            if found[standing] != .exact { found[standing] = nearness }
        }
        return found
    }

    private static func recorded<Mode>(_ text: String, in db: borrowing Access<Mode>) throws -> [ClientID: Nearness] {
        var found: [ClientID: Nearness] = [:]
        for client in try named(text, in: db) { found[client] = .exact }
        let words = NameWords.words(of: text)
        guard !words.isEmpty else { return found }
        // A word of the text needs a word of the name, so that each word narrows.
        var exact: Set<ClientID>?
        var any: Set<ClientID>?
        let known =
            words.contains { $0.unicodeScalars.count >= ClientSpelling.fewestLetters }
            ? try ClientSearch.words(in: db) : []
        for word in words {
            let beginning = try ClientSearch.clients(withWordBeginning: word, in: db)
            exact = exact?.intersection(beginning) ?? beginning
            let both = beginning.union(try near(word, known, in: db))
            any = any?.intersection(both) ?? both
        }
        for client in any ?? [] where found[client] == nil { found[client] = .near }
        for client in exact ?? [] { found[client] = .exact }
        return found
    }

    private static func near<Mode>(
        _ word: String,
        _ known: [String],
        in db: borrowing Access<Mode>
    ) throws -> Set<ClientID> {
        let letters = Array(word.unicodeScalars)
        guard letters.count >= ClientSpelling.fewestLetters else { return [] }
        var clients: Set<ClientID> = []
        for other in known where ClientSpelling.isOneSlip(letters, Array(other.unicodeScalars)) {
            clients.formUnion(try ClientSearch.clients(withWord: other, in: db))
        }
        return clients
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
        if let day = CivilDate(text) { found += try ClientStore.born(on: day, in: db).map(\.id) }
        return found
    }
}
