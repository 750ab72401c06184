package import CrisisCare
package import SQLite

/// Finds clients by the words of their names.
package enum ClientSearch {
    /// The clients with a word that begins so.
    package static func clients<Mode>(
        withWordBeginning prefix: String,
        in db: borrowing Access<Mode>
    ) throws -> Set<ClientID> {
        // The last scalar of Unicode is in no name, so that every word with the prefix sorts before it.
        let end = prefix + "\u{10FFFF}"
        return Set(
            try db.all("SELECT client FROM client_name_word WHERE word >= \(prefix) AND word < \(end)") { try $0.id(0) }
        )
    }

    package static func clients<Mode>(
        withWord word: String,
        in db: borrowing Access<Mode>
    ) throws -> Set<ClientID> {
        Set(try db.all("SELECT client FROM client_name_word WHERE word = \(word)") { try $0.id(0) })
    }

    /// Every word that a name holds, once.
    ///
    /// Each step looks up the next word, so that the cost follows the words and not the clients who share them.
    package static func words<Mode>(in db: borrowing Access<Mode>) throws -> [String] {
        try db.all(
            """
            WITH RECURSIVE known (word) AS (
                SELECT min(word) FROM client_name_word
                UNION ALL
                SELECT (SELECT min(w.word) FROM client_name_word AS w WHERE w.word > known.word)
                FROM known WHERE known.word IS NOT NULL
            )
            SELECT word FROM known WHERE word IS NOT NULL
            """
        ) { try $0.text(0) }
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
