internal import CivilTime
package import CrisisCare
internal import SQLite
internal import Storage

// The use cases of one person at one referral, which is named by its reference within the case.

/// What a change of a referral leaves to be shown.
package struct ReferralChange: Sendable {
    package let ref: String
    package let state: ReferralState
    package let change: CaseChange
}

extension Session {
    /// Adds a referral under the case's next reference.
    ///
    /// A name that is nearly a known agency's is a warning: two spellings of one agency are counted apart.
    package borrowing func addReferral(
        _ caseText: String,
        service: String,
        agency: String,
        warmHandoff: Bool?,
        steps: [ReferralStep],
        isDryRun: Bool = false
    ) throws -> ReferralChange {
        var ref = ""
        var warnings: [String] = []
        var change = try work("referral add", on: caseText, needing: .writeCases, isDryRun: isDryRun) {
            work,
            change,
            db in
            let code = try Directory.load(in: db).requireCode(service, in: .serviceType)
            let known = try ReferralStore.agencies(in: db)
            let used = try ReferralStore.refs(of: work.record.id, in: db)
            ref = Self.nextRef(after: used)
            warnings = AgencyNames.warning(agency, among: known).map { [$0] } ?? []
            try work.refer(
                NewReferral(ref: ref, serviceType: code, agency: agency, warmHandoff: warmHandoff, steps: steps),
                &change
            )
        }
        change.warnings += warnings
        return ReferralChange(ref: ref, state: change.history.referrals.last?.state ?? .identified, change: change)
    }

    /// 1, 2, 3 in the order of entry, without the references that a source gave.
    private static func nextRef(after used: Set<String>) -> String {
        var number = used.count + 1
        while used.contains(String(number)) { number += 1 }
        return String(number)
    }

    /// Takes a referral one or several steps further, all of them or none.
    /// - Parameter action: the command as the audit knows it.
    package borrowing func advanceReferral(
        _ caseText: String,
        _ ref: String,
        _ steps: [ReferralStep],
        action: String,
        isDryRun: Bool = false
    ) throws -> ReferralChange {
        var id: RecordID<Referral>?
        let change = try work(action, on: caseText, needing: .writeCases, isDryRun: isDryRun) { work, change, db in
            let record = try ReferralFinder.find(ref, of: work.record, in: db)
            id = record.referral.id
            for step in steps {
                let state = work.history.referrals.first { $0.id == record.referral.id }?.state ?? record.referral.state
                do {
                    try work.advance(record.referral.id, step, &change)
                } catch let refusal as RuleViolation where refusal.rule == .stateOrder {
                    let guide = ReferralGuide(state: state, caseNumber: work.record.caseNumber, ref: record.ref)
                    throw guide.explaining(refusal, of: step.state)
                }
            }
        }
        let state = change.history.referrals.first { $0.id == id }?.state ?? .identified
        return ReferralChange(ref: ref, state: state, change: change)
    }

    /// Records whether both parties and the family took part in handing over: a fact of its own, never a connection.
    package borrowing func recordHandoff(
        _ caseText: String,
        _ ref: String,
        tookPlace: Bool,
        isDryRun: Bool = false
    ) throws -> ReferralChange {
        var state = ReferralState.identified
        let action = "referral hand-off"
        let change = try work(action, on: caseText, needing: .writeCases, isDryRun: isDryRun) { work, _, db in
            let record = try ReferralFinder.find(ref, of: work.record, in: db)
            state = record.referral.state
            var detail = AuditDetail()
            detail.add("warm_handoff", from: record.warmHandoff.map { $0 ? "yes" : "no" }, to: tookPlace ? "yes" : "no")
            work.handoffs.append((record.referral.id, tookPlace))
            work.note(action, record: record.referral.id.value, detail)
        }
        return ReferralChange(ref: ref, state: state, change: change)
    }

    /// The agencies to which anybody was referred, for completion.
    package borrowing func knownAgencies() throws -> [String] {
        try read("look up names", needing: .readCases) { db in try ReferralStore.agencies(in: db) }
    }
}
