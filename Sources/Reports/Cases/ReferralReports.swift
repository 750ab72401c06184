internal import CivilTime
internal import CrisisCare
package import Services
internal import SQLite
internal import Storage

extension Session {
    /// Referrals of one case, or of every case that the person may see, by case number and reference.
    /// - Parameter openOnly: without those whose outcome is known.
    package borrowing func referralList(_ caseText: String?, openOnly: Bool) throws -> Listing {
        try read("referral list", needing: .readCases, of: caseText) { db in
            let directory = try Directory.load(in: db)
            var listing = Listing(columns: ReferralFields.columns)
            var listed: [ListedReferral]
            if let caseText {
                let episode = try CaseFinder.readable(caseText, by: actor, in: db)
                listed = try ReferralStore.records(of: episode.id, in: db).map {
                    ListedReferral(
                        record: $0,
                        caseNumber: episode.caseNumber,
                        clinician: episode.clinician,
                        part2: episode.part2
                    )
                }
            } else {
                listed = try ReferralStore.all(at: actor.scope(of: .readCases), in: db)
            }
            listed.sort { left, right in
                left.caseNumber == right.caseNumber
                    ? ReferralFields.precedes(left.record, right.record) : left.caseNumber < right.caseNumber
            }
            for row in listed where !openOnly || row.record.referral.state.isOpen {
                listing.append(ReferralFields.cells(row.record, of: row.caseNumber, row.clinician, directory))
                if row.part2 { listing.isPart2 = true }
            }
            return listing
        }
    }

    /// One referral with its clocks and every step.
    package borrowing func showReferral(_ caseText: String, _ ref: String) throws -> Detail {
        try read("referral show", needing: .readCases, of: caseText) { db in
            let context = try RuleContext(now: now, zone: zone, in: db)
            let episode = try CaseFinder.readable(caseText, by: actor, in: db)
            let record = try ReferralFinder.find(ref, of: episode, in: db)
            let cells = ReferralFields.cells(record, of: episode.caseNumber, episode.clinician, context.directory)
            var detail = Detail()
            detail.isPart2 = episode.part2
            for (column, cell) in zip(ReferralFields.columns, cells) { detail.add(column.key, column.heading, cell) }
            let guide = ReferralGuide(state: record.referral.state, caseNumber: episode.caseNumber, ref: record.ref)
            detail.add("next_command", "Next", .ifPresent(guide.nextCommand, Cell.code))
            let history = try HistoryStore.history(of: episode, in: db)
            let deadlines = history.deadlines(under: try context.practice(of: episode))
                .filter { $0.about == .referral(record.referral.id) }
            detail.add("deadlines", "Clocks", Self.clocks(deadlines, asOf: now))
            let steps = try ReferralStore.steps(of: record.referral.id, in: db)
            detail.add("steps", "Steps", Self.steps(steps, context.directory))
            return detail
        }
    }

    private static func clocks(_ deadlines: [Deadline], asOf: Instant) -> Listing {
        Listing(
            columns: [
                Column("kind", "What"), Column("due_at", "Due"), Column("status", "Status"),
                Column("ended_at", "Ended"),
            ],
            rows: deadlines.sorted { ($0.startedAt, $0.startedBy) < ($1.startedAt, $1.startedBy) }.map { deadline in
                [
                    .code(deadline.kind.rawValue), .instant(deadline.dueAt),
                    .code(CaseReport.status(of: deadline, asOf: asOf)),
                    .ifPresent(CaseReport.ended(deadline), Cell.instant),
                ]
            }
        )
    }

    private static func steps(_ steps: [ReferralStepRecord], _ directory: Directory) -> Listing {
        Listing(
            columns: [
                Column("at", "When"), Column("state", "Step"), Column("appointment_at", "Appointment"),
                Column("reason", "Reason"), Column("by", "By"), Column("recorded_at", "Entered"),
            ],
            rows: steps.map { step in
                [
                    .instant(step.event.at), .code(step.event.state.rawValue),
                    .ifPresent(step.event.appointmentAt, Cell.instant),
                    step.reason.isEmpty ? .null : .text(step.reason),
                    .text(directory.login(step.recordedBy)), .instant(step.recordedAt),
                ]
            }
        )
    }
}
