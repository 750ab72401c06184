package import CivilTime
package import CrisisCare
package import SQLite

/// The programs and, for each, its policies in the order in which they took effect.
package struct PolicyBook: Sendable {
    package struct Entry: Sendable {
        package let program: ProgramID
        package let name: String
        /// By the day from which each is in effect.
        package fileprivate(set) var policies: [Policy]
    }

    package fileprivate(set) var programs: [Entry] = []

    package func program(named name: String) -> ProgramID? {
        programs.first { $0.name == name }?.program
    }

    package func name(of program: ProgramID) -> String? {
        programs.first { $0.program == program }?.name
    }

    /// The policy that an episode keeps: the latest in effect on the day of its call.
    package func policy(of program: ProgramID, on day: CivilDate) -> Policy? {
        programs.first { $0.program == program }?.policies.last { $0.effectiveFrom <= day }
    }
}

package enum PolicyStore {
    package static func book<Mode>(in db: borrowing Access<Mode>) throws -> PolicyBook {
        var book = PolicyBook()
        try db.forEach(
            """
            SELECT p.id, p.name, o.effective_from, o.response_clock, o.arrival_minutes, o.arrival_allowance_minutes,
                o.deferred_response_hours, o.first_contact_hours, o.next_contact_days, o.safety_plan_days,
                o.plan_review_days, o.referral_answer_business_days, o.waitlist_days, o.first_appointment_days,
                o.window_days, o.extension_days, o.phone_only_close_days, o.phone_only_follow_up,
                o.attempts_before_unable_to_reach, o.oldest_age, o.mobility_excludes_police
            FROM program AS p JOIN policy AS o ON o.program = p.id ORDER BY p.id, o.effective_from
            """
        ) { row in
            let program: ProgramID = try row.id(0)
            if book.programs.last?.program != program {
                book.programs.append(.init(program: program, name: try row.text(1), policies: []))
            }
            book.programs[book.programs.count - 1].policies.append(try policy(row))
        }
        return book
    }

    private static func policy(_ row: borrowing Statement) throws -> Policy {
        Policy(
            effectiveFrom: try row.date(2),
            responseClock: try row.code(3),
            arrivalMinutes: try row.optionalInt(4),
            arrivalAllowanceMinutes: try row.int(5),
            deferredResponseHours: try row.optionalInt(6),
            firstContactHours: try row.optionalInt(7),
            nextContactDays: try row.optionalInt(8),
            safetyPlanDays: try row.optionalInt(9),
            planReviewDays: try row.optionalInt(10),
            referralAnswerBusinessDays: try row.optionalInt(11),
            waitlistDays: try row.optionalInt(12),
            firstAppointmentDays: try row.optionalInt(13),
            windowDays: try row.optionalInt(14),
            extensionDays: try row.int(15),
            phoneOnlyCloseDays: try row.int(16),
            phoneOnlyFollowUp: try row.bool(17),
            attemptsBeforeUnableToReach: try row.int(18),
            oldestAge: try row.optionalInt(19),
            mobilityExcludesPolice: try row.bool(20)
        )
    }

    package static func insertProgram(_ id: ProgramID, named name: String, in db: borrowing Access<Writing>) throws {
        try db.execute("INSERT INTO program (id, name) VALUES (\(id), \(name))")
    }

    package static func insert(_ policy: Policy, of program: ProgramID, in db: borrowing Access<Writing>) throws {
        try db.execute(
            """
            INSERT INTO policy (
                program, effective_from, response_clock, arrival_minutes, arrival_allowance_minutes,
                deferred_response_hours, first_contact_hours, next_contact_days, safety_plan_days, plan_review_days,
                referral_answer_business_days, waitlist_days, first_appointment_days, window_days, extension_days,
                phone_only_close_days, phone_only_follow_up, attempts_before_unable_to_reach, oldest_age,
                mobility_excludes_police
            ) VALUES (
                \(program), \(policy.effectiveFrom), \(policy.responseClock), \(policy.arrivalMinutes),
                \(policy.arrivalAllowanceMinutes), \(policy.deferredResponseHours), \(policy.firstContactHours),
                \(policy.nextContactDays), \(policy.safetyPlanDays), \(policy.planReviewDays),
                \(policy.referralAnswerBusinessDays), \(policy.waitlistDays), \(policy.firstAppointmentDays),
                \(policy.windowDays), \(policy.extensionDays), \(policy.phoneOnlyCloseDays),
                \(policy.phoneOnlyFollowUp), \(policy.attemptsBeforeUnableToReach), \(policy.oldestAge),
                \(policy.mobilityExcludesPolice)
            )
            """
        )
    }
}
