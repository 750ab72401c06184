internal import CivilTime
internal import CrisisCare
package import Services
internal import SQLite
internal import Storage

extension Session {
    /// The clients that somebody may mean by a text, exact matches first, then by name.
    ///
    /// Only those whom the person's sites see, by closed cases too. Of more than `limit` the first found are
    /// listed, a whole word of a name before a longer one that begins with it, and the listing says so.
    package borrowing func clientList(_ text: String, limit: Int?) throws -> Listing {
        let (found, hasMore) = try clientMatches(text, limit: limit, "client find")
        var listing = Listing(
            columns: [
                Column("client_ref", "Reference"), Column("client", "Client"), Column("birth_date", "Born"),
                Column("sex", "Sex"), Column("cases", "Cases"), Column("match", "Match"),
                Column("also_known_as", "Also"),
            ],
            rows: found.map { row in
                let cases = row.cases.map { "\($0.caseNumber.description) \(Self.standing(of: $0))" }
                return [
                    .code(row.client.clientRef), .text(row.client.displayName),
                    .ifPresent(row.client.birthDate, Cell.date), .code(row.client.sex.rawValue),
                    cases.isEmpty ? .null : .text(cases.joined(separator: ", ")), .code(row.nearness.rawValue),
                    row.duplicates.isEmpty
                        ? .null
                        : .text(row.duplicates.map { "\($0.displayName) (\($0.clientRef))" }.joined(separator: "; ")),
                ]
            }
        )
        listing.hasMore = hasMore
        listing.isPart2 = found.contains { $0.cases.contains(where: \.part2) }
        return listing
    }

    /// The clients that a text may mean, with their cases that are not voided; those first found where a limit cuts.
    borrowing func clientMatches(
        _ text: String,
        limit: Int?,
        _ action: String
    ) throws -> (found: [ClientMatch], hasMore: Bool) {
        let scope = actor.scope(of: .readCases)
        var found: [ClientMatch] = []
        var hasMore = false
        // Looked for where the entry is written, which names whom the person gets to see.
        func look(_ db: borrowing Access<Writing>, _ named: inout NamedClients) throws {
            try ClientMatches.forEach(text, in: db) { id, nearness in
                let episodes = ClientSight.cases(among: try EpisodeStore.episodes(of: id, in: db))
                    .filter { scope.contains($0.site) }
                guard !episodes.isEmpty, let client = try ClientStore.find(id, in: db) else { return true }
                hasMore = found.count == limit
                guard !hasMore else { return false }
                let merges = try ClientMergeStore.merges(into: id, in: db)
                let match = ClientMatch(
                    client: client,
                    nearness: nearness,
                    cases: episodes.filter { $0.voidedAt == nil },
                    duplicates: try merges.compactMap { try ClientStore.find($0.duplicate, in: db) }
                )
                found.append(match)
                return true
            }
            found.sort { left, right in
                (left.nearness.rawValue, left.client.lastName, left.client.firstName, left.client.id)
                    < (right.nearness.rawValue, right.client.lastName, right.client.firstName, right.client.id)
            }
            named.clients = found.map(\.client)
        }
        try read(action, needing: .readCases, authorize: look) { _ in }
        return (found, hasMore)
    }

    /// A client with the version that an edit is based on, and the cases that the person may see.
    package borrowing func showClient(_ text: String) throws -> Detail {
        let actor = actor
        func authorize(_ db: borrowing Access<Writing>, _ named: inout NamedClients) throws {
            if let client = try ClientFinder.client(text, in: db) { named.clients = [client] }
            _ = try ClientFinder.find(text, by: actor, needing: .readCases, in: db)
        }
        return try read("client show", needing: .readCases, authorize: authorize) { db in
            let known = try ClientFinder.find(text, by: actor, needing: .readCases, in: db)
            let directory = try Directory.load(in: db)
            let client = known.client
            var detail = Detail()
            detail.add("client_ref", "Reference", .code(client.clientRef))
            detail.add("first_name", "First name", client.firstName.isEmpty ? .null : .text(client.firstName))
            detail.add("last_name", "Last name", client.lastName.isEmpty ? .null : .text(client.lastName))
            detail.add("birth_date", "Born", .ifPresent(client.birthDate, Cell.date))
            detail.add("sex", "Sex", .code(client.sex.rawValue))
            detail.add("version", "Version", .int(known.version))
            detail.isPart2 = known.episodes.contains(where: \.part2)
            let cases = Listing(
                columns: [
                    Column("case_number", "Case"), Column("status", "Status"), Column("program", "Program"),
                    Column("site", "Site"), Column("clinician", "Clinician"), Column("call_received_at", "Call"),
                    Column("response_mode", "Response"), Column("discharged_on", "Discharged"),
                ],
                rows: known.episodes.map { record in
                    [
                        .code(record.caseNumber.description), .code(Self.standing(of: record)),
                        .ifPresent(directory.policies.name(of: record.program), Cell.code),
                        .text(directory.siteName(record.site)), .text(directory.login(record.clinician)),
                        .instant(record.callReceivedAt), .code(record.mode.rawValue),
                        .ifPresent(record.discharge?.on, Cell.date),
                    ]
                }
            )
            detail.add("cases", "Cases", cases)
            detail.add("merged", "Merged into this client", try Self.merged(into: client, directory, in: db))
            return detail
        }
    }

    /// The duplicates that stand for the client, whose references and names still find it.
    private static func merged(
        into client: ClientRecord,
        _ directory: Directory,
        in db: borrowing Access<SQLite.Reading>
    ) throws -> Listing {
        var listing = Listing(
            columns: [
                Column("client_ref", "Reference"), Column("client", "Client"), Column("birth_date", "Born"),
                Column("merged_at", "Merged"), Column("by", "By"), Column("reason", "Reason"),
            ]
        )
        for merge in try ClientMergeStore.merges(into: client.id, in: db) {
            guard let duplicate = try ClientStore.find(merge.duplicate, in: db) else { continue }
            listing.append([
                .code(duplicate.clientRef), .text(duplicate.displayName),
                .ifPresent(duplicate.birthDate, Cell.date), .instant(merge.mergedAt),
                .text(directory.login(merge.mergedBy)), .text(merge.reason),
            ])
        }
        return listing
    }

    private static func standing(of record: EpisodeRecord) -> String {
        record.discharge == nil ? "open" : "closed"
    }
}

/// A client that a text may mean.
struct ClientMatch {
    let client: ClientRecord
    let nearness: ClientMatches.Nearness
    /// The cases at the person's sites that are not voided, closed ones included.
    let cases: [EpisodeRecord]
    /// Those who were merged into the client.
    let duplicates: [ClientRecord]
}
