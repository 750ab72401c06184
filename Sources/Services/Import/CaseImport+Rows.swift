internal import CrisisCare
internal import SQLite
internal import Storage

extension CaseImport {
    /// Reads a row of another file into the timeline, or refuses it.
    mutating func add(
        _ cells: RowCells,
        to timeline: inout CaseTimeline,
        _ work: EpisodeWork,
        _ names: inout ImportNames,
        _ change: inout Change,
        in db: borrowing Access<Reading>
    ) throws {
        let pending = names.pending
        let site = work.record.site
        let line = cells.row.line
        do {
            try cells.checkLengths()
            switch cells.row.file {
            case .episodes:
                break
            case .extensions:
                let new = try windowExtension(cells, work, &names, &change, in: db)
                timeline.add(.extension(cells, new), at: new.grantedAt, line: line)
            case .plans:
                let new = NewPlan(
                    activatedAt: try cells.instant("activated_at"),
                    author: try names.staff(cells, "author", as: .clinician, at: site, &change),
                    reason: try cells.code("reason", in: .planReason),
                    content: try cells.planContent()
                )
                timeline.add(.plan(cells, new), at: new.activatedAt, line: line)
            case .visits:
                var new = try cells.visit()
                new.clinician = try names.staff(cells, "clinician", as: .clinician, at: site, &change)
                timeline.add(.visit(cells, new), at: new.at, line: line)
            case .referrals:
                let new = try cells.referral(call: work.record.callReceivedAt)
                timeline.add(.referral(cells, new), at: new.steps[0].at, line: line)
            }
        } catch {
            guard let refusal = result.refusal(of: cells.row, error) else { throw error }
            names.restore(pending)
            result.refused.append((cells.row, refusal))
        }
    }

    private func windowExtension(
        _ cells: RowCells,
        _ work: EpisodeWork,
        _ names: inout ImportNames,
        _ change: inout Change,
        in db: borrowing Access<Reading>
    ) throws -> NewExtension {
        let site = work.record.site
        guard let newEnd = try cells.optionalDate("new_end") else {
            throw BadCell(column: "new_end", problem: "is empty")
        }
        let approver =
            try cells.optionalText("approved_by") == nil
            ? nil : names.staff(cells, "approved_by", as: .supervisor, at: site, &change)
        return NewExtension(
            grantedAt: try cells.instant("granted_at"),
            newEnd: newEnd,
            // A caseload's files do not say who asked: it was the episode's clinician.
            requestedBy: work.record.clinician,
            approvedBy: approver,
            approverIsSupervisor: try approver.map { try names.isSupervisor($0, at: site, in: db) } ?? false,
            reason: cells.text("reason")
        )
    }
}
