internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

// What the names of an opening stand for.

extension OpeningRequest {
    /// Refuses what a person typed and the schema would not take.
    func checkLengths() throws(ServiceError) {
        try TextLimit.caregiverName.check(caregiverName, "the caregiver's name")
        let short = [
            ("the caregiver's phone number", caregiverPhone), ("the language", language), ("the authority", authority),
            ("where the call came from", transferFrom), ("the other center's reference", transferRef),
        ]
        for (words, text) in short { try TextLimit.name.check(text, words) }
    }

    /// The site that was named, or the one that answers calls from the town.
    func site(
        in town: CodeID?,
        _ directory: Directory,
        _ actor: Actor,
        in db: borrowing Access<Writing>
    ) throws -> SiteRecord {
        if let name = self.site { return try directory.requireSite(name) }
        var candidates = try town.map { try SiteStore.sites(of: $0, in: db) } ?? []
        if candidates.isEmpty {
            // Who writes at one site alone means that one.
            candidates = try SiteStore.all(in: db).filter { $0.retiredAt == nil && actor.may(.writeCases, at: $0.id) }
        }
        guard let site = candidates.first, candidates.count == 1 else {
            throw ServiceError.badValue("the site is not clear from the town; name it with --site")
        }
        return site
    }

    /// The client on record, or a new one, unless somebody on record may be the same person.
    func client(
        _ change: inout Change,
        in db: borrowing Access<Writing>
    ) throws -> ClientRecord {
        switch person {
        case .known(let ref):
            guard let client = try ClientFinder.client(ref, in: db) else {
                throw ServiceError.notFound(
                    what: "no client has that reference",
                    hint: "Look the client up by name first: followup client find NAME."
                )
            }
            return client
        case .new(let firstName, let lastName, let birthDate, let sex):
            let id = ClientID(change.keys.next())
            let client = ClientRecord(
                id: id,
                clientRef: "P" + String(id.value, radix: 36, uppercase: true),
                firstName: firstName,
                lastName: lastName,
                birthDate: birthDate,
                sex: sex
            )
            try client.checkLengths()
            let near = try PossibleDuplicates.of(client, in: db)
            guard near.isEmpty || isNotADuplicate else {
                let refusal = RuleViolation(
                    .possibleDuplicate,
                    "a client of nearly that name and the same birth date is on record: "
                        + near.map(\.clientRef).joined(separator: ", "),
                    remedy: "Open the episode with --client REF, or say --new-client if it is somebody else."
                )
                throw RevealingRefusal(refusal: refusal, clients: NamedClients(near))
            }
            try ClientStore.insert(client, at: change.now, in: db)
            return client
        }
    }
}

extension ClientRecord {
    func checkLengths() throws(ServiceError) {
        try TextLimit.name.check(firstName, "the first name")
        try TextLimit.name.check(lastName, "the last name")
    }

    /// A birth after the call is a slip in one of the two dates.
    func checkBorn(before call: Instant, in zone: Zone) throws {
        guard let birthDate, birthDate > zone.date(of: call) else { return }
        throw ServiceError.badValue("the birth date lies after the call; check both")
    }
}
