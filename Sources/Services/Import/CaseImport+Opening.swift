internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

extension CaseImport {
    /// Opens the episode that its row describes.
    mutating func open(
        _ names: inout ImportNames,
        _ numbers: inout CaseNumberPool,
        _ change: inout Change,
        in db: borrowing Access<Reading>,
        beside workspace: borrowing Access<Writing>
    ) throws -> EpisodeWork {
        try episode.checkLengths()
        let site = try names.site(episode, &change)
        try change.actor.require(.importCases, at: site)
        let call = try episode.instant("call_received_at")
        guard let program = names.directory.policies.program(named: episode.text("program")) else {
            throw episode.notListed("program", among: names.directory.policies.programs.map(\.name))
        }
        let caseRef = try episode.requiredText("case_ref")
        var new = NewEpisode(
            client: try client(&change, in: db, beside: workspace),
            program: program,
            site: site,
            clinician: try names.staff(episode, "clinician", as: .clinician, at: site, &change),
            mode: try episode.code("response_mode"),
            referralSource: try episode.code("referral_source", in: .referralSource),
            presentingProblem: try episode.code("presenting_problem", in: .presentingProblem),
            callReceivedAt: call
        )
        new.sourceRef = caseRef
        new.location = try episode.optionalCode("location", in: .location)
        new.town = try episode.optionalCode("town", in: .town)
        new.language = episode.text("language")
        new.caregiverName = episode.text("caregiver_name")
        new.caregiverPhone = episode.text("caregiver_phone")
        new.minorConsented = try episode.optionalBool("minor_consented") ?? false
        new.part2 = try episode.optionalBool("part2") ?? false
        let number = try numbers.number(for: caseRef, calledAt: call, in: change.zone, db)
        return try EpisodeWork.open(new, as: number, &change)
    }

    /// The client of the row's `client_ref`, who is the same person in every row of it.
    private mutating func client(
        _ change: inout Change,
        in db: borrowing Access<Reading>,
        beside workspace: borrowing Access<Writing>
    ) throws -> ClientID {
        let named = try episode.client(ClientID(change.keys.next()))
        if let brought = try BroughtClientStore.find(ref: named.clientRef, in: workspace) {
            guard brought.isDescribed(by: named) else { throw Self.conflict }
            return brought.id
        }
        guard let recorded = try ClientStore.find(recordedAs: named.clientRef, in: db) else {
            result.newClient = named
            return named.id
        }
        // A merged client's rows go to the one who was kept, whichever of the two the row describes.
        let standing = try ClientMergeStore.standing(for: recorded.id, in: db)
        let kept = standing == recorded.id ? recorded : try ClientStore.find(standing, in: db) ?? recorded
        guard recorded.isDescribed(by: named) || kept.isDescribed(by: named) else { throw Self.conflict }
        return kept.id
    }

    private static let conflict = RuleViolation(
        .clientConflict,
        "another row or record of this client_ref has another name, birth date or sex",
        remedy: "Correct one of them, or give this client a client_ref of its own."
    )

    /// What the episode's own row says of its response and its end.
    func addSteps(to timeline: inout CaseTimeline) throws {
        if let at = try episode.optionalInstant("transferred_at") { timeline.add(.transfer, at: at) }
        if let at = try episode.optionalInstant("dispatched_at") { timeline.add(.dispatch, at: at) }
        if let at = try episode.optionalInstant("arrived_at") { timeline.add(.arrival, at: at) }
        if let discharge = try episode.discharge() { timeline.add(.discharge(discharge), at: discharge.discharge.at) }
    }
}

extension ClientRecord {
    /// Whether a row says the same of the person; under which reference and key is another matter.
    fileprivate func isDescribed(by row: ClientRecord) -> Bool {
        firstName == row.firstName && lastName == row.lastName && birthDate == row.birthDate && sex == row.sex
    }
}
