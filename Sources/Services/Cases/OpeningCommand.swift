package import CivilTime
package import CrisisCare
internal import SQLite
internal import Storage

/// An episode as a person opens it: names where `NewEpisode` has keys.
package struct OpeningRequest: Sendable {
    package enum Person: Sendable {
        /// A client on record, by `client_ref`.
        case known(ref: String)
        case new(firstName: String, lastName: String, birthDate: CivilDate?, sex: Sex)
    }

    package var person: Person
    /// The person is another one than the near matches on record.
    package var isNotADuplicate = false
    package var program = ShippedProgram.youth.rawValue
    /// Without it the one site that answers calls from the town.
    package var site: String?
    /// Without it the one who opens.
    package var clinician: String?
    package var mode: ResponseMode
    package var referralSource: String
    package var presentingProblem: String
    package var location: String?
    package var town: String?
    package var language = ""
    package var caregiverName = ""
    package var caregiverPhone = ""
    package var minorConsented = false
    package var part2 = false
    package var accessChannel: AccessChannel?
    package var authority = ""
    package var transferFrom = ""
    package var transferRef = ""
    package var callReceivedAt: Instant
    package var transferredAt: Instant?

    package init(
        person: Person,
        mode: ResponseMode,
        referralSource: String,
        presentingProblem: String,
        callReceivedAt: Instant
    ) {
        self.person = person
        self.mode = mode
        self.referralSource = referralSource
        self.presentingProblem = presentingProblem
        self.callReceivedAt = callReceivedAt
    }
}

extension Session {
    package borrowing func openEpisode(_ request: OpeningRequest, isDryRun: Bool = false) throws -> CaseChange {
        try change("episode open", needing: .writeCases, isDryRun: isDryRun) { change, db in
            let (work, warnings) = try Self.open(request, &change, in: db)
            try work.save(&change, in: db)
            return CaseChange(
                caseNumber: work.record.caseNumber,
                history: work.history,
                practice: work.practice,
                warnings: warnings
            )
        }
    }

    /// Opens and closes an episode that was answered by phone and is over.
    /// - Parameter endedAt: when it was; without it, now.
    package borrowing func recordPhoneEpisode(
        _ request: OpeningRequest,
        endedAt: Instant? = nil,
        reason: String,
        isDryRun: Bool = false
    ) throws -> CaseChange {
        try change("episode phone", needing: .writeCases, isDryRun: isDryRun) { change, db in
            var request = request
            request.mode = .phone
            var (work, warnings) = try Self.open(request, &change, in: db)
            let end = endedAt ?? change.now
            let discharge = NewDischarge(
                discharge: Discharge(at: end, on: change.zone.date(of: end)),
                reason: try Directory.load(in: db).requireCode(reason, in: .dischargeReason),
                isUnableToReach: reason == NamedCode.unableToReach
            )
            try work.close(discharge, now: change.now)
            try work.save(&change, in: db)
            return CaseChange(
                caseNumber: work.record.caseNumber,
                history: work.history,
                practice: work.practice,
                warnings: warnings
            )
        }
    }

    private static func open(
        _ request: OpeningRequest,
        _ change: inout Change,
        in db: borrowing Access<Writing>
    ) throws -> (work: EpisodeWork, warnings: [String]) {
        try CaregiverPhone.check(request.caregiverPhone)
        let directory = try Directory.load(in: db)
        let town = try request.town.map { try directory.requireCode($0, in: .town) }
        let site = try site(for: request, town: town, directory, change.actor, in: db)
        try change.actor.require(.writeCases, at: site.id)
        let client = try client(for: request, &change, in: db)
        try client.checkBorn(before: request.callReceivedAt, in: change.zone)
        var new = NewEpisode(
            client: client.id,
            program: try directory.requireProgram(request.program),
            site: site.id,
            clinician: try request.clinician.map { try directory.requireStaff($0).id } ?? change.actor.staff,
            mode: request.mode,
            referralSource: try directory.requireCode(request.referralSource, in: .referralSource),
            presentingProblem: try directory.requireCode(request.presentingProblem, in: .presentingProblem),
            callReceivedAt: request.callReceivedAt
        )
        new.location = try request.location.map { try directory.requireCode($0, in: .location) }
        new.town = town
        new.language = request.language
        new.caregiverName = request.caregiverName
        new.caregiverPhone = request.caregiverPhone
        new.minorConsented = request.minorConsented
        new.part2 = request.part2
        new.accessChannel = request.accessChannel
        new.authority = request.authority
        new.transferFrom = request.transferFrom
        new.transferRef = request.transferRef
        let number = try CaseNumbering.next(for: request.callReceivedAt, in: change.zone, db)
        var work = try EpisodeWork.open(new, as: number, &change)
        if let transferredAt = request.transferredAt {
            try work.transferred(at: transferredAt, now: change.now)
        }
        let warnings = ageWarning(client, request.callReceivedAt, work.practice) + accessWarning(request, number)
        return (work, warnings)
    }

    /// How an adult reached the service is coded, but a call is never refused for want of it.
    private static func accessWarning(_ request: OpeningRequest, _ number: CaseNumber) -> [String] {
        guard request.program == ShippedProgram.adult.rawValue, request.accessChannel == nil else { return [] }
        return ["how the adult reached the service is not recorded: followup episode amend \(number) --access-channel"]
    }

    private static func site(
        for request: OpeningRequest,
        town: CodeID?,
        _ directory: Directory,
        _ actor: Actor,
        in db: borrowing Access<Writing>
    ) throws -> SiteRecord {
        if let name = request.site { return try directory.requireSite(name) }
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

    private static func client(
        for request: OpeningRequest,
        _ change: inout Change,
        in db: borrowing Access<Writing>
    ) throws -> ClientRecord {
        switch request.person {
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
            let near = try PossibleDuplicates.of(client, in: db)
            guard near.isEmpty || request.isNotADuplicate else {
                throw RuleViolation(
                    .possibleDuplicate,
                    "a client of nearly that name and the same birth date is on record: "
                        + near.map(\.clientRef).joined(separator: ", "),
                    remedy: "Open the episode with --client REF, or say --new-client if it is somebody else."
                )
            }
            try ClientStore.insert(client, at: change.now, in: db)
            return client
        }
    }

    /// An age outside the program's limits is a warning, never a refusal (practice.md section 1).
    private static func ageWarning(_ client: ClientRecord, _ call: Instant, _ practice: Practice) -> [String] {
        guard let birthDate = client.birthDate, let oldest = practice.policy.oldestAge else { return [] }
        let age = Age.years(from: birthDate, to: practice.zone.date(of: call))
        return age > oldest ? ["the client is \(age), and the program is for those up to \(oldest)"] : []
    }
}

extension ClientRecord {
    /// A birth after the call is a slip in one of the two dates.
    func checkBorn(before call: Instant, in zone: Zone) throws {
        guard let birthDate, birthDate > zone.date(of: call) else { return }
        throw ServiceError.badValue("the birth date lies after the call; check both")
    }
}
