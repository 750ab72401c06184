internal import CivilTime
internal import CrisisCare
internal import SQLite
package import Storage

/// What a printed plan needs.
package struct PrintablePlan: Sendable {
    package let plan: PlanRecord
    package let episode: EpisodeRecord
    package let client: ClientRecord
    package let author: String
    package let agency: String
}

extension Session {
    /// Reads the active version for a printed copy, which leaves the record: the audit says for whom it was.
    ///
    /// - Parameters:
    ///   - forFamily: the copy goes home. In minor-consented care that takes a reason (practice.md section 7).
    ///   - overrideReason: why it is given out in minor-consented care.
    package borrowing func planToPrint(
        _ caseText: String,
        forFamily: Bool,
        overrideReason: String
    ) throws -> PrintablePlan {
        let agency = agency.name
        return try change("plan print", needing: .readCases, of: caseText) { change, db in
            let episode = try CaseFinder.readable(caseText, by: change.actor, in: db)
            if forFamily, episode.minorConsented, overrideReason.isBlank {
                throw RuleViolation(
                    .minorConsented,
                    "the youth consented to this care alone, and no copy goes to the family",
                    remedy: "If the youth agrees to it, say why with --override REASON."
                )
            }
            try TextLimit.reason.check(overrideReason, "the reason")
            guard let plan = try PlanStore.active(of: episode.id, in: db),
                let client = try ClientStore.find(episode.client, in: db)
            else {
                throw RuleViolation(
                    .planMissing,
                    "the case has no active version of the Crisis Safety Plan",
                    remedy: "Activate one first: followup plan activate \(episode.caseNumber)."
                )
            }
            var detail = AuditDetail()
            detail.add("copy_for", from: nil, to: forFamily ? "family" : "clinician")
            if !overrideReason.isBlank { detail.add("override_reason", from: nil, to: overrideReason) }
            try change.audit(episode: episode.id, record: plan.version.id.value, detail: detail.json, in: db)
            return PrintablePlan(
                plan: plan,
                episode: episode,
                client: client,
                author: try Directory.load(in: db).login(plan.author),
                agency: agency
            )
        }
    }
}
