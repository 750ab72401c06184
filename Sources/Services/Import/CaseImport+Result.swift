internal import CrisisCare
internal import Storage

extension CaseImport {
    /// What became of a case's rows.
    struct Result: Sendable {
        /// How many there were.
        var rows = 0
        var work: EpisodeWork?
        /// What the audit is to say of it.
        var broughtIn = ""
        var newClient: ClientRecord?
        var newNames = NewNames()
        var skipped: [CaseloadFile] = []
        var kept: [CaseloadFile: Int] = [:]
        var refused: [(row: CaseloadRow, refusal: RowRefusal)] = []
        var relaxations: [ImportSummary.Relaxation] = []
        var unknownSites: [String] = []
        var unknownLogins: [String] = []
    }
}

extension CaseImport.Result {
    mutating func refuse(_ row: CaseloadRow, _ rule: Rule, _ reason: String) {
        refused.append((row, RowRefusal(file: row.file, line: row.line, rule: rule, reason: reason)))
    }

    /// The refusal that an error means for a row; `nil` for an error that ends the import.
    func refusal(of row: CaseloadRow, _ error: any Error) -> RowRefusal? {
        switch error {
        case let violation as RuleViolation where violation.rule != .notPermitted:
            let reason = "\(violation.message). \(violation.remedy)"
            return RowRefusal(file: row.file, line: row.line, rule: violation.rule, reason: reason)
        case let bad as BadCell:
            return RowRefusal(file: row.file, line: row.line, rule: .badValue, reason: "\(bad.column) \(bad.problem)")
        case ServiceError.badValue(let problem):
            return RowRefusal(file: row.file, line: row.line, rule: .badValue, reason: problem)
        default:
            return nil
        }
    }
}
