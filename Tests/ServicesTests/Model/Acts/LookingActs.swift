import CivilTime
import CrisisCare
import Reports
import Services
import Storage

// Somebody looks: what is read is audited, and shows the cases of his own sites alone.
extension ModelRun {
    mutating func look(_ index: Int, as login: String) throws {
        let known = book.cases[index]
        let login = chance(40) ? one(of: book.people.keys.sorted()) : login
        let (ofCase, ofCases) = (book.denial(login, .read, known), book.denial(login, .read))
        let visible = Set(book.visible(to: login).map(\.number))
        switch Int.random(in: 0..<14, using: &random) {
        case 0: _ = try attempt("show", as: login, unless: ofCase) { try $0.showCase(known.number, asOf: nil) }
        case 1: _ = try attempt("visit list", as: login, unless: ofCase) { try $0.visitList(known.number) }
        case 2: _ = try attempt("plan history", as: login, unless: ofCase) { try $0.planHistory(known.number) }
        case 3:
            _ = try attempt("referral list", as: login, unless: ofCase) {
                try $0.referralList(known.number, openOnly: false)
            }
        case 4: try lookAt("overdue", visible, as: login, unless: ofCases)
        case 5: try lookAt("today", visible, as: login, unless: ofCases)
        case 6: _ = try attempt("caseload", as: login, unless: ofCases) { try $0.clinicianCaseload(CaseloadQuery()) }
        case 7:
            let since = past(hours: 48)
            _ = try attempt("changes", as: login, unless: book.denial(login, .seeChanges)) {
                try $0.changes(ChangeQuery(since: since))
            }
        case 8: try findClient(as: login, unless: ofCases)
        case 9:
            _ = try attempt("totals", as: login, unless: book.denial(login, .seeFigures)) { try $0.totals() }
        case 10:
            let request = ReportRequest(.fiscalYear(2026))
            _ = try attempt("report", as: login, unless: book.denial(login, .seeFigures)) {
                try $0.measureReport(request)
            }
        case 11:
            _ = try attempt("audit list", as: login, unless: book.denial(login, .readAudit)) {
                var query = AuditQuery()
                query.limit = 20
                return try $0.auditListing(query)
            }
        case 12:
            let verified = try attempt("audit verify", as: login, unless: book.denial(login, .inspect)) {
                try $0.verifyAudit()
            }
            if verified?.isWhole == false { fail("finds the audit damaged") }
        default:
            var numbers: [String] = []
            let done: Void? = try attempt("export episodes", as: login, unless: ofCases) { session in
                _ = try session.exportCaseload(.episodes, in: Period()) { row in
                    if case .text(let ref) = row[0] { numbers.append(ref) }
                }
            }
            let refs = book.visible(to: login).map { $0.sourceRef ?? $0.number }
            if done != nil, numbers.sorted() != refs.sorted() { fail("exports other cases") }
        }
    }

    private mutating func lookAt(_ list: String, _ visible: Set<String>, as login: String, unless reasons: Reasons)
        throws
    {
        var query = WorklistQuery()
        query.withinDays = list == "today" ? 7 : nil
        let rows = try attempt(list, as: login, unless: reasons) { try $0.worklist(list, query).0.rows }
        if let rows, !Set(rows.map(\.caseNumber.description)).isSubset(of: visible) {
            fail("shows another site's case")
        }
    }

    /// A client is found by those at whose sites he has or had a case, a voided one too, and by nobody else.
    private mutating func findClient(as login: String, unless reasons: Reasons) throws {
        let place = book.standing(one(of: Array(book.clients.indices)))
        let ref = book.clients[place].ref
        let found = try attempt("find client", as: login, unless: reasons) { try $0.clientList(ref, limit: nil) }
        let isTheirs = book.sites(of: place).contains { book.may(login, .read, at: $0) }
        if let found, found.rows.isEmpty == isTheirs { fail(isTheirs ? "finds nobody" : "finds another site's client") }
    }
}
