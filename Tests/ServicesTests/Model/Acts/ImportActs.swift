import CivilTime
import CrisisCare
import Foundation
import Services
import Storage

// The spreadsheet that a site has is brought in.
extension ModelRun {
    /// One case of a small caseload: as the files have it, and what can be kept of it.
    private struct Sheet {
        var known: NotebookCase
        let family: Int
        let birth: CivilDate
        /// Rows of other files than the episodes' that are refused, by their rules.
        var refusals: [String] = []
    }

    mutating func bringIn() throws {
        let login = chance(70) ? one(of: ["sam", "sue", "admin"]) : one(of: book.people.keys.sorted())
        var files = CaseloadFiles()
        var sheets: [Sheet] = []
        // A folder that was brought in before may come again.
        let again = book.cases.last { $0.sourceRef != nil }
        let isAgain = chance(20) && again != nil
        if isAgain, let again { files.episode(again.sourceRef ?? "", episode(again, family: -1, birthDate(of: -1))) }
        for _ in 0..<Int.random(in: 1...2, using: &random) { sheets.append(sheet(&files, after: sheets.count)) }
        let isSkipping = chance(60)
        let (skipsExisting, isDry) = (chance(60), isDry())
        var reasons = book.denial(login, .bringIn)
        for sheet in sheets where !book.may(login, .bringIn, at: sheet.known.site) { reasons.insert("not-permitted") }
        let isRefused = isAgain && !skipsExisting || sheets.contains { !$0.refusals.isEmpty }
        if isRefused, !isSkipping { reasons.insert("failed") }
        let folder = desk.agency.folder + "/sheets"
        try? FileManager.default.removeItem(atPath: folder)
        try files.write(to: folder)
        var options = ImportOptions()
        options.skipsExisting = skipsExisting
        options.skipsRejected = isSkipping
        options.isDryRun = isDry
        // One of its own, and one for each case.
        let entries = 1 + sheets.count
        let done = try attempt("import", as: login, unless: reasons, entries: entries, isDryRun: isDry) { session in
            try session.importCaseload(from: folder, options)
        }
        guard let done else { return }
        let refusals = sheets.flatMap(\.refusals) + (isAgain && !skipsExisting ? ["duplicate-ref"] : [])
        if done.refusals.map(\.rule.rawValue).sorted() != refusals.sorted() {
            fail("refused rows for \(done.refusals.map(\.rule.rawValue)) and not \(refusals)")
        }
        for sheet in sheets { try keep(sheet) }
    }

    /// A case that was called some weeks ago, with what was done in it since.
    private mutating func sheet(_ files: inout CaseloadFiles, after count: Int) -> Sheet {
        let site = one(of: ["Hartford", "Hartford", "Danbury"])
        let number = String(book.cases.count + count + 1)
        let call = now.adding(seconds: -Int64.random(in: 10_000...(60 * 86_400), using: &random))
        let family = book.clients.count + count
        var known = NotebookCase(
            number: "2026-" + String(repeating: "0", count: 5 - number.count) + number,
            site: site,
            client: family,
            mode: .mobile,
            call: call,
            clinician: site == "Danbury" ? "dana" : "casey"
        )
        let ref = "S" + String(repeating: "0", count: 5 - number.count) + number
        known.sourceRef = ref
        let arrival = call.adding(seconds: 2_400)
        known.arrivedAt = arrival
        let leftOn = zone.date(of: arrival).adding(days: Int.random(in: 5...50, using: &random))
        if leftOn < today, chance(40) {
            known.leaving = NotebookCase.Leaving(
                at: zone.startOfDay(leftOn.adding(days: 1)),
                on: leftOn,
                reason: "family moved"
            )
        }
        var sheet = Sheet(known: known, family: family, birth: birthDate(of: family))
        files.episode(ref, episode(known, family: family, sheet.birth))
        let policy = book.policy(of: known)
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let at = arrival.adding(seconds: Int64.random(in: 60...(55 * 86_400), using: &random))
            guard at <= now else { continue }
            let isAttempt = chance(30)
            let seen = NotebookCase.Seen(
                id: RecordID(0),
                at: at,
                result: isAttempt ? .noAnswer : .completed,
                with: .youth
            )
            let problems = known.problems(of: seen, now: now, policy, zone)
            files.visit(
                ref,
                ["at": zone.rfc3339(at), "result": seen.result.rawValue, "clinician": known.clinician]
            )
            if problems.isEmpty {
                sheet.known.visits.append(seen)
            } else {
                // The first rule that is asked.
                sheet.refusals.append(problems.contains("episode-closed") ? "episode-closed" : "window-closed")
            }
        }
        let planned = arrival.adding(seconds: 3 * 86_400)
        if planned <= now, chance(50) {
            let review = zone.date(of: planned).adding(days: 10)
            files.plan(
                ref,
                ["activated_at": zone.rfc3339(planned), "author": known.clinician, "review_on": review.description]
            )
            sheet.known.plans.append(NotebookCase.Plan(at: planned, reviewOn: review))
        }
        let sent = arrival.adding(seconds: 86_400)
        if sent <= now, chance(50) {
            files.referral(ref, 1, ["sent_at": zone.rfc3339(sent)])
            sheet.known.referrals.append(
                NotebookReferral(ref: ref + "-R1", steps: [NotebookReferral.Step(state: .sent, at: sent)])
            )
        }
        return sheet
    }

    private func episode(_ known: NotebookCase, family: Int, _ birth: CivilDate) -> [String: String] {
        [
            "first_name": "Test", "last_name": Self.name(family, "a"), "birth_date": birth.description,
            "site": known.site, "clinician": known.clinician, "call_received_at": zone.rfc3339(known.call),
            "transferred_at": "", "dispatched_at": "", "arrived_at": known.arrivedAt.map(zone.rfc3339) ?? "",
            "discharged_on": known.leaving?.on.description ?? "",
            "discharge_reason": known.leaving?.reason ?? "",
        ]
    }

    private mutating func keep(_ sheet: Sheet) throws {
        var known = sheet.known
        try remember(known.number, family: sheet.family, birth: sheet.birth)
        guard let record = try record.episode(known.number) else { return }
        let stored = try self.record.read { db in try VisitStore.records(of: record.id, in: db) }
        guard stored.count == known.visits.count else { return fail("kept \(stored.count) visits of the file") }
        let expected = known.visits.sorted { $0.at < $1.at }
        known.visits = zip(stored, expected).map { visit, seen in
            if visit.visit.at != seen.at { fail("kept another visit than the file has") }
            return NotebookCase.Seen(id: visit.visit.id, at: seen.at, result: seen.result, with: seen.with)
        }
        let details = try self.record.read { db in try AuditStore.details(of: record.id, in: db) }
        let detail = Self.detail(known)
        if details != (detail.isEmpty ? [] : [detail]) { fail("audited a case that came as \(details), not \(detail)") }
        book.cases.append(known)
    }

    /// What the audit has to say of a case that came.
    private static func detail(_ known: NotebookCase) -> String {
        let counts = [
            ("visits", known.visits.count), ("plans", known.plans.count), ("referrals", known.referrals.count),
        ]
        var words = counts.filter { $0.1 > 0 }.map { "\"\($0.0)\":[null,\($0.1)]" }
        if let leaving = known.leaving { words.append("\"discharged_on\":[null,\"\(leaving.on)\"]") }
        return words.isEmpty ? "" : "{\(words.joined(separator: ","))}"
    }
}
