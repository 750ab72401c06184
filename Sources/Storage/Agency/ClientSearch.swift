package import CrisisCare
package import SQLite

/// Finds clients by the words of their names, one after the other, so that whoever needs a few reads no more.
package enum ClientSearch {
    /// Words are counted up to so many names, because counting costs as well; arbitrary.
    private static let mostCounted = 2_000
    /// So many rows of the rarest word are gone through, which costs less than to seek and often is enough; arbitrary.
    package static let mostGoneThrough = 500

    private typealias Place = (word: String, client: ClientID)

    private enum Progress {
        case end
        /// The row that was not looked at any more.
        case rest(Place)
        /// Nobody wants more.
        case enough
    }

    /// Calls `body` on the clients whose names answer every word, until it returns false.
    ///
    /// They come by the word of the name that answers the rarest of the words sought, a whole word before longer ones
    /// that begin with it, then in the order of entry. A client comes again for every word of his that answers.
    /// - Parameter most: so many rows of the rarest word are gone through; of the rest, those who answer all are sought.
    package static func forEach<Mode>(
        answering sought: [SoughtWord],
        goingThrough most: Int = mostGoneThrough,
        in db: borrowing Access<Mode>,
        _ body: (ClientID) throws -> Bool
    ) throws {
        let counts = try counts(answering: sought, in: db)
        let order = sought.indices.sorted { (counts[$0], $0) < (counts[$1], $1) }
        guard let rarest = order.first else { return }
        let others = order.dropFirst().map { sought[$0] }
        var left = others.isEmpty ? Int.max : most
        for range in sought[rarest].ranges {
            switch try goThrough(range, answering: others, &left, in: db, body) {
            case .end: continue
            case .enough: return
            case .rest(let place):
                guard try seek(range, from: place, answering: others, in: db, body) else { return }
            }
        }
    }

    /// Goes through the clients who have a word of a range, while some rows are left to be looked at.
    private static func goThrough<Mode>(
        _ range: (first: String, end: String),
        answering others: [SoughtWord],
        _ left: inout Int,
        in db: borrowing Access<Mode>,
        _ body: (ClientID) throws -> Bool
    ) throws -> Progress {
        var rows = try db.query(
            """
            SELECT client, other_words, word FROM client_name_word
            WHERE word >= \(range.first) AND word < \(range.end) ORDER BY word, client
            """
        )
        while try rows.next() {
            guard left > 0 else { return .rest((try rows.text(2), try rows.id(0))) }
            left -= 1
            // What the row has of the name says whether it answers: to look up each client would cost far more.
            guard try others.isEmpty || answers(rows, others) else { continue }
            guard try body(rows.id(0)) else { return .enough }
        }
        return .end
    }

    /// Seeks, for one word of a range after the other, the clients who have it and answer others.
    /// - Returns: whether somebody wants more.
    private static func seek<Mode>(
        _ range: (first: String, end: String),
        from place: Place,
        answering others: [SoughtWord],
        in db: borrowing Access<Mode>,
        _ body: (ClientID) throws -> Bool
    ) throws -> Bool {
        var (from, client) = place
        while let word = try NearWords.word(from: from, in: db), word.utf8.lexicographicallyPrecedes(range.end.utf8) {
            for found in try clients(of: word, from: client, answering: others, in: db) {
                guard try body(found) else { return false }
            }
            (from, client) = (word + "\u{0}", ClientID(.min))
        }
        return true
    }

    /// Those who have a word and whose names answer others, in the order of entry.
    private static func clients<Mode>(
        of word: String,
        from first: ClientID,
        answering others: [SoughtWord],
        in db: borrowing Access<Mode>
    ) throws -> [ClientID] {
        let bytes = Array(word.utf8)
        let open = others.filter { !$0.isAnswered(by: bytes.span) }
        // Where the word itself answers all, whatever stands beside it does.
        let ranges = open.first.map { $0.ranges + [NameWordStore.ofLongerNames] } ?? [("", "\u{10FFFF}")]
        var clients: [ClientID] = []
        for range in ranges {
            var rows = try db.query(
                """
                SELECT client, other_words, word FROM client_name_word
                WHERE word = \(word) AND other_words >= \(range.first) AND other_words < \(range.end)
                """
            )
            while try rows.next() {
                let client: ClientID = try rows.id(0)
                if client >= first, try answers(rows, open) { clients.append(client) }
            }
        }
        return clients.sorted()
    }

    private static func answers(_ row: borrowing Statement, _ sought: [SoughtWord]) throws -> Bool {
        let (otherWords, word) = (try row.bytes(1), try row.bytes(2))
        for sought in sought where !sought.isAnswered(by: otherWords) && !sought.isAnswered(by: word) { return false }
        return true
    }

    /// How many rows answer each word, as far as it takes to know the rarest.
    private static func counts<Mode>(answering sought: [SoughtWord], in db: borrowing Access<Mode>) throws -> [Int] {
        guard sought.count > 1 else { return sought.map { _ in 0 } }
        let counts = try sought.map { try count(answering: $0, upTo: mostGoneThrough, in: db) }
        if counts.contains(where: { $0 < mostGoneThrough }) { return counts }
        return try sought.map { try count(answering: $0, upTo: mostCounted, in: db) }
    }

    private static func count<Mode>(
        answering sought: SoughtWord,
        upTo most: Int,
        in db: borrowing Access<Mode>
    ) throws -> Int {
        var count = 0
        for range in sought.ranges where count < most {
            count +=
                try db.first(
                    """
                    SELECT count(*) FROM (
                        SELECT 1 FROM client_name_word WHERE word >= \(range.first) AND word < \(range.end)
                        LIMIT \(most - count)
                    )
                    """
                ) { try $0.int(0) } ?? 0
        }
        return count
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
