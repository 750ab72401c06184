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
        try request.checkLengths()
        let directory = try Directory.load(in: db)
        let town = try request.town.map { try directory.requireCode($0, in: .town) }
        let site = try request.site(in: town, directory, change.actor, in: db)
        try change.actor.require(.writeCases, at: site.id)
        let client = try request.client(&change, in: db)
        try client.checkBorn(before: request.callReceivedAt, in: change.zone)
        var new = NewEpisode(
            client: client.id,
            program: try directory.requireProgram(request.program),
            site: site.id,
            clinician: try request.clinician.map {
                try NamedPerson.id($0, as: .having, at: site.id, directory, in: db)
            } ?? change.actor.staff,
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
        return (work, warnings(request, client, as: number, work.practice))
    }

    /// What is said and never refused: an age outside the program's limits, and an adult's unknown way to the service
    /// (practice.md section 1).
    private static func warnings(
        _ request: OpeningRequest,
        _ client: ClientRecord,
        as number: CaseNumber,
        _ practice: Practice
    ) -> [String] {
        var warnings: [String] = []
        let policy = practice.policy
        if let oldest = policy.oldestAge,
            let age = policy.ageBeyondLimit(born: client.birthDate, on: practice.zone.date(of: request.callReceivedAt))
        {
            warnings.append("the client is \(age), and the program is for those up to \(oldest)")
        }
        if policy.isForAdults, request.accessChannel == nil {
            warnings.append(
                "how the adult reached the service is not recorded: "
                    + "followup episode amend \(number) --access-channel"
            )
        }
        return warnings
    }
}
