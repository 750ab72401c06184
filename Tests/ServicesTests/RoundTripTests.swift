import CivilTime
import CrisisCare
import Foundation
import Reports
import Services
import Storage
import Testing

@testable import CaseloadOracle

/// Export, import into a new database, export again: the same bytes, and nothing of a row is lost on the way.
struct RoundTripTests {
    @Test(arguments: [ImportedCaseload.messy, ImportedCaseload.inFlight])
    func `pitfall 17 a messy caseload comes out as it went in, and comes out of a second database byte for byte`(
        arguments: [String]
    ) throws {
        let caseload = try ImportedCaseload.of(arguments)
        let agency = try TestAgency(copyOf: caseload.path, now: caseload.now)
        let first = try expectStability(of: agency)
        for file in CaseloadFile.allCases {
            let name = String(file.name.dropLast(4))
            let source = caseload.folder + "/" + file.name
            let given = try String(contentsOf: URL(fileURLWithPath: source), encoding: .utf8)
            let before = try rows(of: file, given)
            let after = try rows(of: file, String(decoding: try #require(first[file]), as: UTF8.self))
            #expect(before.count == after.count, "\(name)")
            // The files' order is another one; what every row says is the same.
            #expect(before.sorted() == after.sorted(), "\(name)")
        }
    }

    /// What spreadsheets do to cells, and what could be taken for something else on the way.
    static let nasty = [
        "'", "''", "'quoted'", "'=1", "''=1", "'''x", "=1+1", " =1", "\t=1", "\u{FEFF}=1", "+1", "-5*5", "@x", "|cmd",
        "＝1", "＋1", "－1", "＠x", "｜x", "'＝1", "\ttab", "\rreturn", "line\r\nline", "line\nline", "\r\n", "\n",
        "a\"b", "\"", "\"\"", "a,b", ";", " ", "  two  ", "\u{A0}", "é", "e\u{301}", "日本", "👩‍👧", "\u{202E}rtl",
        "\u{2028}",
        "NULL", "0", "1e5", "\\", "\\\"", "'\u{FEFF}", "-", "=", "😀=",
    ]

    @Test func `cells that spreadsheets and programs stumble over come back as they were`() throws {
        var files = CaseloadFiles()
        for (index, cell) in Self.nasty.enumerated() {
            let ref = "N\(index)"
            files.episode(ref, ["first_name": cell, "last_name": cell, "language": cell, "caregiver_name": cell])
            files.visit(ref, ["note": cell])
            files.referral(ref, 1, ["agency": cell])
            files.windowExtension(ref, ["reason": cell])
            files.plan(ref, ["warning_signs": "a|" + cell, "coping": cell + "|b"])
        }
        let agency = try TestAgency()
        try agency.take(files)
        let first = try expectStability(of: agency)
        try expect(first, holds: files, in: [.episodes, .visits, .referrals, .extensions, .plans])
    }

    @Test func `references, sites and logins may be as odd as any text`() throws {
        var files = CaseloadFiles()
        // Of the pairs that differ only by the guard, one stands for both.
        for (index, cell) in Self.nasty.enumerated() where NaiveGuard.removed(from: cell) == cell {
            files.episode(cell, ["client_ref": cell, "site": cell, "clinician": "c" + cell, "caregiver_phone": cell])
            files.visit(cell, ["clinician": "v" + cell])
            files.referral(cell, index, ["referral_ref": cell])
        }
        let agency = try TestAgency()
        try agency.take(files)
        let first = try expectStability(of: agency)
        try expect(first, holds: files, in: [.referrals])
    }

    @Test func `the entries of a step and of the means keep their empty places and their spaces`() throws {
        var files = CaseloadFiles()
        let steps = ["a||b", "|a", "a|", "|a|", " a | b ", "a", "not applicable: none", "a\r\nb|c", "||a||"]
        let means = [
            "medication:  asked,  present,  locked by  caregiver", "medication: asked, absent;firearm: declined",
            "medication: asked, absent ; firearm: declined", " medication : declined ",
        ]
        for (index, step) in steps.enumerated() {
            let ref = "P\(index)"
            files.episode(ref)
            files.plan(ref, ["warning_signs": step, "distraction": step, "lethal_means": means[index % means.count]])
        }
        let agency = try TestAgency()
        try agency.take(files)
        try expect(try expectStability(of: agency), holds: files, in: [.plans])
    }

    @Test func `what may be empty stays empty`() throws {
        var files = CaseloadFiles()
        let empty = ["town", "location", "birth_date", "language", "caregiver_name", "caregiver_phone"]
        for (index, column) in empty.enumerated() { files.episode("E\(index)", [column: ""]) }
        let early = ["transferred_at": "", "dispatched_at": "", "arrived_at": ""]
        files.episode("E7", early.merging(["location": ""]) { $1 })
        files.episode("E8", ["transferred_at": "", "first_name": "", "last_name": ""])
        files.visit("E0", ["minutes": "", "result": "no answer", "note": ""])
        files.referral("E0", 1, ["agency": "", "warm_handoff": ""])
        files.windowExtension("E0", ["reason": ""])
        let agency = try TestAgency()
        try agency.take(files)
        try expect(try expectStability(of: agency), holds: files, in: CaseloadFile.allCases)
    }

    @Test func `a referral of every state comes back with its times`() throws {
        let (sent, answered) = ("2026-09-07T10:00:00-04:00", "2026-09-09T10:00:00-04:00")
        let (planned, kept) = ("2026-09-20T10:00:00-04:00", "2026-09-20T10:30:00-04:00")
        func times(_ sent: String, _ answered: String = "", _ planned: String = "", _ kept: String = "") -> [String:
            String]
        {
            ["sent_at": sent, "answered_at": answered, "appointment_at": planned, "attended_at": kept]
        }
        let states: [(ReferralState, [String: String])] = [
            (.identified, times("")), (.offered, times("")), (.sent, times(sent)),
            (.accepted, times(sent, answered)), (.accepted, times(sent, answered, planned)),
            (.rejected, times(sent, answered)), (.waitlisted, times(sent, answered)),
            (.scheduled, times(sent, answered, planned)), (.noShow, times(sent, answered, planned)),
            (.cancelled, times(sent, answered, planned)), (.attended, times(sent, answered, "", kept)),
            (.attended, times(sent, answered, planned, kept)), (.connected, times(sent, answered, planned, kept)),
            (.connected, times(sent, answered, "", kept)), (.declinedByFamily, times(sent, answered)),
            (.declinedByFamily, times(sent, answered, planned)), (.closedWithoutConnection, times(sent, answered)),
            (.closedWithoutConnection, times(sent, answered, planned)),
        ]
        #expect(Set(states.map(\.0)) == Set(ReferralState.allCases))
        var files = CaseloadFiles()
        files.episode("R")
        for (index, state) in states.enumerated() {
            files.referral("R", index, state.1.merging(["status": state.0.rawValue, "warm_handoff": "yes"]) { $1 })
        }
        let agency = try TestAgency()
        try agency.take(files)
        try expect(try expectStability(of: agency), holds: files, in: [.referrals])
    }

    @Test func `times that a file leaves out are the same in every later export`() throws {
        var files = CaseloadFiles()
        files.episode("R")
        let bare = ["sent_at": "", "answered_at": ""]
        files.referral("R", 1, bare.merging(["status": "declined by family"]) { $1 })
        files.referral("R", 2, bare.merging(["status": "closed without connection"]) { $1 })
        files.referral("R", 3, ["status": "closed without connection"])
        files.referral("R", 4, ["status": "identified"])
        files.referral("R", 5, ["status": "offered", "sent_at": "2026-09-06T10:00:00-04:00"])
        files.referral("R", 6, ["status": "sent", "sent_at": "2026-09-05T10:00:00-04:00"])
        let agency = try TestAgency()
        try agency.take(files)
        try expectStability(of: agency)
    }

    @Test func `cases that people entered come back under their own numbers`() throws {
        let desk = try CrisisDesk()
        let (one, two) = (try desk.open("One", call: "2026-10-12T10:00"), try desk.open("Two", mode: .phone))
        try desk.act(as: "sam") {
            _ = try $0.extendWindow(one, to: #require(CivilDate("2026-12-01")), requestedBy: nil, reason: "=intake")
        }
        var visit = try desk.visit("2026-10-13T15:00")
        visit.promisedNext = CivilDate("2026-10-25")
        visit.note = "'tis well\r\n=1+1"
        try desk.act { _ = try $0.logVisit(one, visit) }
        for (reason, at) in [("first plan", "2026-10-14T10:00"), ("new crisis", "2026-10-15T10:00")] {
            try desk.act {
                _ = try $0.activatePlan(one, desk.plan(review: "2026-10-28"), reason: reason, at: desk.instant(at))
            }
        }
        // Identified last, it has no time that a file keeps; sent first, it would stand first only in one of them.
        let sent = try desk.steps([.identified, .offered, .sent], from: "2026-10-16T10:00")
        let identified = try desk.steps([.identified], from: "2026-10-20T10:00")
        for steps in [sent, identified, identified] {
            try desk.act {
                _ = try $0.addReferral(one, service: "outpatient", agency: "A", warmHandoff: nil, steps: steps)
            }
        }
        try desk.act {
            let yesterday = Discharge(
                at: try desk.instant("2026-11-19T14:00"),
                on: try #require(CivilDate("2026-11-19"))
            )
            _ = try $0.closeEpisode(two, yesterday, reason: "met treatment goals")
        }
        let files = try expectStability(of: desk.agency)
        let episodes = String(decoding: files[.episodes] ?? [], as: UTF8.self)
        #expect(episodes.contains("\r\n\(one),") && episodes.contains("\r\n\(two),"))
    }

    @Test func `references that differ only in how an accent is written are different cases`() throws {
        var files = CaseloadFiles()
        for ref in ["\u{E9}", "e\u{301}"] {
            files.episode(ref)
            files.visit(ref, ["note": "of \(ref.unicodeScalars.count)"])
        }
        let agency = try TestAgency()
        try agency.take(files)
        try expect(try expectStability(of: agency), holds: files, in: [.visits])
    }

    /// Exports, imports into a new database and exports again.
    /// - Returns: the first export.
    @discardableResult
    private func expectStability(of agency: TestAgency) throws -> [CaseloadFile: [UInt8]] {
        let first = try agency.exportAll(to: agency.folder + "/first")
        let other = try TestAgency()
        try other.importCaseload(agency.folder + "/first")
        let second = try other.exportAll(to: other.folder + "/second")
        for file in CaseloadFile.allCases {
            let text = String(decoding: first[file] ?? [], as: UTF8.self)
            let isStable = first[file] == second[file]
            #expect(isStable, "\(file.name) differs after export, import, export")
            #expect(text.hasPrefix(file.columns.joined(separator: ",") + "\r\n"))
        }
        #expect(try Inspection.run(other.open()).filter { $0.severity == .error }.isEmpty)
        return first
    }

    /// What every row says, without the guard against formulas, and scalar by scalar: as text, "é" and "e" with an
    /// accent would be the same.
    private func rows(of file: CaseloadFile, _ text: String) throws -> [String] {
        try NaiveTable(file: file.name, text: text).rows.map { row in
            try file.columns.enumerated().map { index, column in
                let cell = file.isText(index) ? try row.text(column) : try row.code(column)
                return cell.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: " ")
            }.joined(separator: "|")
        }
    }

    private func expect(
        _ export: [CaseloadFile: [UInt8]],
        holds files: CaseloadFiles,
        in kinds: [CaseloadFile]
    ) throws {
        for file in kinds {
            let text = String(decoding: try #require(export[file]), as: UTF8.self)
            let given = (files.rows[file] ?? []).map { cells in
                cells.enumerated().map { index, cell in
                    let cell = file.isText(index) ? NaiveGuard.removed(from: cell) : cell
                    return cell.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: " ")
                }.joined(separator: "|")
            }
            #expect(try rows(of: file, text).sorted() == given.sorted(), "\(file.name)")
        }
    }
}
