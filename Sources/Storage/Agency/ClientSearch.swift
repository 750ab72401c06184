package import CrisisCare
package import SQLite

/// Finds clients by the words of their names, one after the other, so that whoever needs a few reads no more.
package enum ClientSearch {
    /// To read one name weighs as much as to gather so many clients of a word, which is cheaper but goes on to the last
    /// one, while reading may end any time; arbitrary.
    private static let gatheredPerNameRead = 4

    /// Words are counted up to so many names, because counting costs as well; arbitrary.
    private static let mostCounted = 4_000

    /// Calls `body` on the clients whose names answer every word, until it returns false.
    ///
    /// They come by the word of the name that answers the rarest of the words sought, a whole word before longer ones
    /// that begin with it, then in the order of entry. A client comes again for every word of his that answers.
    package static func forEach<Mode>(
        answering sought: [SoughtWord],
        in db: borrowing Access<Mode>,
        _ body: (ClientID) throws -> Bool
    ) throws {
        let counts = try sought.count > 1 ? sought.map { try count(answering: $0, in: db) } : [0]
        guard let rarest = sought.indices.min(by: { counts[$0] < counts[$1] }) else { return }
        let toGather = counts.reduce(0, +) - counts[rarest]
        // Where most fit, reading the name of each client is best; where few do, to gather the clients of the other words.
        let others = sought.indices.filter { $0 != rarest }.map { sought[$0] }
        var gathered: [Set<ClientID>]?
        var namesRead = 0
        for range in sought[rarest].ranges {
            var rows = try db.query(
                """
                SELECT client FROM client_name_word WHERE word >= \(range.first) AND word < \(range.end)
                ORDER BY word, client
                """
            )
            while try rows.next() {
                let client: ClientID = try rows.id(0)
                if !others.isEmpty {
                    if gathered == nil, namesRead * gatheredPerNameRead >= toGather {
                        gathered = try others.map { try clients(answering: $0, in: db) }
                    }
                    namesRead += 1
                    let fits = try gathered?.allSatisfy { $0.contains(client) } ?? answers(client, others, in: db)
                    guard fits else { continue }
                }
                guard try body(client) else { return }
            }
        }
    }

    private static func count<Mode>(answering sought: SoughtWord, in db: borrowing Access<Mode>) throws -> Int {
        var count = 0
        for range in sought.ranges {
            count +=
                try db.first(
                    """
                    SELECT count(*) FROM (
                        SELECT 1 FROM client_name_word WHERE word >= \(range.first) AND word < \(range.end)
                        LIMIT \(mostCounted)
                    )
                    """
                ) { try $0.int(0) } ?? 0
        }
        return count
    }

    private static func answers<Mode>(
        _ client: ClientID,
        _ sought: [SoughtWord],
        in db: borrowing Access<Mode>
    ) throws -> Bool {
        guard let record = try ClientStore.find(client, in: db) else { return false }
        let words = NameWords.words(of: record)
        return sought.allSatisfy { $0.isAnswered(by: words) }
    }

    private static func clients<Mode>(
        answering sought: SoughtWord,
        in db: borrowing Access<Mode>
    ) throws -> Set<ClientID> {
        var clients: Set<ClientID> = []
        for range in sought.ranges {
            try db.forEach(
                "SELECT client FROM client_name_word WHERE word >= \(range.first) AND word < \(range.end)"
            ) { clients.insert(try $0.id(0)) }
        }
        return clients
    }
}

extension EpisodeStore {
    /// The episodes of a client by the time of their calls, the voided ones too.
    package static func episodes<Mode>(
        of client: ClientID,
        in db: borrowing Access<Mode>
    ) throws -> [EpisodeRecord] {
        try records(where: "e.client = \(client)", in: db)
    }

    /// The open episodes of a clinician by the time of their calls; voided ones are left out.
    package static func openEpisodes<Mode>(
        of clinician: StaffID,
        in db: borrowing Access<Mode>
    ) throws -> [EpisodeRecord] {
        try records(
            where: "e.clinician = \(clinician) AND e.discharged_at IS NULL AND e.voided_at IS NULL",
            in: db
        )
    }
}
