internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

extension EpisodeWork {
    /// Corrects what was recorded wrongly. Old and new values are audited; the deadlines of this case follow.
    mutating func amend(to new: EpisodeRecord, reason: String, _ names: AmendmentNames, _ change: Change) throws {
        let old = record
        // A call corrected to another day stands under the policy of that day.
        let practice = try change.practice(of: new.program, calledAt: new.callReceivedAt)
        try history.correct(now: change.now, under: practice) { history in
            history.mode = new.mode
            history.callReceivedAt = new.callReceivedAt
            history.callEndedAt = new.callEndedAt
            history.transferredAt = new.transferredAt
            history.dispatchedAt = new.dispatchedAt
            history.arrivedAt = new.arrivedAt
            history.minorConsented = new.minorConsented
        }
        self.practice = practice
        record = new
        var detail = names.differences(from: old, to: new)
        isChanged = !detail.isEmpty
        detail.add("reason", from: nil, to: reason)
        note("episode amend", detail)
    }
}

/// What an amendment's keys are called, for its audit entry.
struct AmendmentNames {
    let directory: Directory
    let was: ClientRecord
    let client: ClientRecord

    func differences(from old: EpisodeRecord, to new: EpisodeRecord) -> AuditDetail {
        let codes = directory.codes
        var detail = AuditDetail()
        detail.add("call_received_at", from: old.callReceivedAt, to: new.callReceivedAt)
        detail.add("call_ended_at", from: old.callEndedAt, to: new.callEndedAt)
        detail.add("transferred_at", from: old.transferredAt, to: new.transferredAt)
        detail.add("dispatched_at", from: old.dispatchedAt, to: new.dispatchedAt)
        detail.add("arrived_at", from: old.arrivedAt, to: new.arrivedAt)
        detail.add("late_arrival_reason", from: old.lateArrivalReason, to: new.lateArrivalReason)
        detail.add("response_mode", from: old.mode.rawValue, to: new.mode.rawValue)
        detail.add("client_ref", from: was.clientRef, to: client.clientRef)
        let policies = directory.policies
        detail.add("program", from: policies.name(of: old.program), to: policies.name(of: new.program))
        detail.add("referral_source", from: codes.text(old.referralSource), to: codes.text(new.referralSource))
        detail.add("presenting_problem", from: codes.text(old.presentingProblem), to: codes.text(new.presentingProblem))
        detail.add("location", from: codes.text(old.location), to: codes.text(new.location))
        detail.add("town", from: codes.text(old.town), to: codes.text(new.town))
        detail.add("language", from: old.language, to: new.language)
        detail.add("caregiver_name", from: old.caregiverName, to: new.caregiverName)
        detail.add("caregiver_phone", from: old.caregiverPhone, to: new.caregiverPhone)
        detail.add("minor_consented", from: old.minorConsented, to: new.minorConsented)
        detail.add("part2", from: old.part2, to: new.part2)
        detail.add("access_channel", from: old.accessChannel?.rawValue, to: new.accessChannel?.rawValue)
        detail.add("authority", from: old.authority, to: new.authority)
        detail.add("transfer_from", from: old.transferFrom, to: new.transferFrom)
        detail.add("transfer_ref", from: old.transferRef, to: new.transferRef)
        return detail
    }
}

extension EpisodeAmendment {
    /// The record as it would stand, its names looked up.
    fileprivate func applied(to old: EpisodeRecord, client: ClientID, _ directory: Directory) throws -> EpisodeRecord {
        func kept<Value>(_ value: Value?, _ clearable: Clearable, else old: Value?) -> Value? {
            cleared.contains(clearable) ? nil : value ?? old
        }
        func text(_ value: String?, _ clearable: Clearable, else old: String) -> String {
            cleared.contains(clearable) ? "" : value ?? old
        }
        func code(_ value: String?, in list: CodeList) throws -> CodeID? {
            try value.map { try directory.requireCode($0, in: list) }
        }
        var new = old
        new.callReceivedAt = callReceivedAt ?? old.callReceivedAt
        new.callEndedAt = kept(callEndedAt, .callEnded, else: old.callEndedAt)
        new.transferredAt = kept(transferredAt, .transferred, else: old.transferredAt)
        new.dispatchedAt = kept(dispatchedAt, .dispatched, else: old.dispatchedAt)
        new.arrivedAt = kept(arrivedAt, .arrived, else: old.arrivedAt)
        new.lateArrivalReason = text(lateArrivalReason, .lateReason, else: old.lateArrivalReason)
        new.mode = mode ?? old.mode
        new.client = client
        new.program = try program.map(directory.requireProgram) ?? old.program
        new.referralSource = try code(referralSource, in: .referralSource) ?? old.referralSource
        new.presentingProblem = try code(presentingProblem, in: .presentingProblem) ?? old.presentingProblem
        new.location = kept(try code(location, in: .location), .location, else: old.location)
        new.town = kept(try code(town, in: .town), .town, else: old.town)
        new.language = text(language, .language, else: old.language)
        new.caregiverName = text(caregiverName, .caregiverName, else: old.caregiverName)
        new.caregiverPhone = text(caregiverPhone, .caregiverPhone, else: old.caregiverPhone)
        new.minorConsented = minorConsented ?? old.minorConsented
        new.part2 = part2 ?? old.part2
        new.accessChannel = kept(accessChannel, .accessChannel, else: old.accessChannel)
        new.authority = text(authority, .authority, else: old.authority)
        new.transferFrom = text(transferFrom, .transferFrom, else: old.transferFrom)
        new.transferRef = text(transferRef, .transferRef, else: old.transferRef)
        return new
    }
}

extension Session {
    /// Corrects what is recorded of an episode; what was done in it stays, and its deadlines follow.
    ///
    /// An amendment made from an older version than the one on record is refused (`stale-edit`).
    package borrowing func amendEpisode(
        _ caseText: String,
        _ amendment: EpisodeAmendment,
        reason: String,
        isDryRun: Bool = false
    ) throws -> CaseChange {
        try work("episode amend", on: caseText, needing: .writeCases, isDryRun: isDryRun) { work, change, db in
            let old = work.record
            if let phone = amendment.caregiverPhone { try CaregiverPhone.check(phone) }
            if let read = amendment.readVersion, read != old.version {
                throw try StaleEpisode.refusal(old.id, old.caseNumber, read: read, in: db)
            }
            guard let was = try ClientStore.find(old.client, in: db) else { throw ServiceError.notInitialized }
            let client =
                try amendment.client.map { text in
                    try ClientFinder.find(text, by: change.actor, needing: .writeCases, in: db).client
                } ?? was
            let names = AmendmentNames(
                directory: try Directory.load(in: db),
                was: was,
                client: client
            )
            let new = try amendment.applied(to: old, client: client.id, names.directory)
            try client.checkBorn(before: new.callReceivedAt, in: change.zone)
            try work.amend(to: new, reason: reason, names, change)
        }
    }
}
