package import CivilTime
package import CrisisCare
internal import SQLite
internal import Storage

/// What a policy was before and is from a day on.
package struct PolicyChange: Sendable {
    package let before: Policy
    package let after: Policy
    /// The names of the settings that differ.
    package let fields: [String]
}

extension Session {
    /// Gives a program other clocks and limits from a day on; what is not set stays as the policy before that day has it.
    ///
    /// A case keeps the rules of the day of its call, so that no case may be called on a day whose rules would change:
    /// from the new policy's day to the day before the next one. Policies of other days stay as they are.
    package borrowing func setPolicy(
        of name: String,
        from day: CivilDate,
        isDryRun: Bool = false,
        _ set: (inout Policy) -> Void
    ) throws -> PolicyChange {
        try change("policy set", needing: .administer, isDryRun: isDryRun) { change, db in
            let program = try Directory.load(in: db, hasCodes: false).requireProgram(name)
            guard let before = change.policies.policy(of: program, on: day) else {
                throw ServiceError.badValue("the program had no policy before that day; see followup policy show")
            }
            var after = before
            set(&after)
            after.effectiveFrom = day
            let later = change.policies.programs.first { $0.program == program }?.policies
                .first { $0.effectiveFrom > day }
            try Self.requireUnused(program, from: day, before: later?.effectiveFrom, zone, in: db)
            var detail = AuditDetail()
            detail.add("effective_from", from: nil, to: day)
            detail.add(from: before, to: after)
            if before.effectiveFrom == day { try PolicyStore.remove(effectiveFrom: day, of: program, in: db) }
            try PolicyStore.insert(after, of: program, in: db)
            try change.audit(record: program.value, detail: detail.json, in: db)
            let fields = AuditDetail.fields(of: detail.json).filter { $0 != "effective_from" }
            return PolicyChange(before: before, after: after, fields: fields)
        }
    }

    private static func requireUnused(
        _ program: ProgramID,
        from day: CivilDate,
        before next: CivilDate?,
        _ zone: Zone,
        in db: borrowing Access<Writing>
    ) throws {
        let isUsed = try PolicyStore.hasEpisode(
            of: program,
            calledFrom: zone.startOfDay(day),
            before: next.map(zone.startOfDay) ?? .distantFuture,
            in: db
        )
        guard isUsed else { return }
        throw RuleViolation(
            .inUse,
            "cases of the program were called on or after that day, and keep the rules they were called under",
            remedy: "Choose a later day: tomorrow is always free."
        )
    }
}

extension AuditDetail {
    /// Adds every setting that differs, by the name under which `policy show` has it.
    mutating func add(from old: Policy, to new: Policy) {
        func number(_ value: Int?) -> Int64? { value.map(Int64.init) }
        add("response_clock", from: old.responseClock.rawValue, to: new.responseClock.rawValue)
        for (field, path) in Policy.counts {
            add(field, from: number(old[keyPath: path]), to: number(new[keyPath: path]))
        }
        for (field, path) in Policy.limits {
            add(field, from: number(old[keyPath: path]), to: number(new[keyPath: path]))
        }
        add("phone_only_follow_up", from: old.phoneOnlyFollowUp, to: new.phoneOnlyFollowUp)
        add("mobility_excludes_police", from: old.mobilityExcludesPolice, to: new.mobilityExcludesPolice)
    }
}

extension Policy {
    /// The settings that a program may be without, by the names under which `policy show` has them.
    package static var counts: [(field: String, path: WritableKeyPath<Policy, Int?>)] {
        [
            ("arrival_minutes", \.arrivalMinutes), ("deferred_response_hours", \.deferredResponseHours),
            ("first_contact_hours", \.firstContactHours), ("next_contact_days", \.nextContactDays),
            ("safety_plan_days", \.safetyPlanDays), ("plan_review_days", \.planReviewDays),
            ("referral_answer_business_days", \.referralAnswerBusinessDays), ("waitlist_days", \.waitlistDays),
            ("first_appointment_days", \.firstAppointmentDays), ("window_days", \.windowDays),
            ("oldest_age", \.oldestAge),
        ]
    }

    /// The settings that every program has.
    package static var limits: [(field: String, path: WritableKeyPath<Policy, Int>)] {
        [
            ("arrival_allowance_minutes", \.arrivalAllowanceMinutes), ("extension_days", \.extensionDays),
            ("phone_only_close_days", \.phoneOnlyCloseDays),
            ("attempts_before_unable_to_reach", \.attemptsBeforeUnableToReach),
        ]
    }
}
