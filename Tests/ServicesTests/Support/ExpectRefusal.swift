import CrisisCare
import Services
import Storage
import Testing

extension TestAgency {
    /// Brings in files of which one row breaks a rule: nothing may be kept, and the row and the rule are named.
    ///
    /// - Parameters:
    ///   - others: rows that are refused with it, because they belong to a refused episode.
    ///   - secret: what the row holds and no message may repeat.
    @discardableResult
    func expectRefusal(
        of files: CaseloadFiles,
        _ file: CaseloadFile,
        line: Int,
        _ rule: Rule,
        others: Int = 0,
        createsMissing: Bool = true,
        secret: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> ImportSummary? {
        let before = try tableCounts()
        let refused = try #require(throws: ImportRefused.self, sourceLocation: sourceLocation) {
            try self.take(files) { $0.createsMissing = createsMissing }
        }
        let summary = refused.summary
        #expect(summary.count(.refused) == 1 + others, sourceLocation: sourceLocation)
        let rest = summary.refusals.filter { !($0.file == file && $0.line == line) }
        #expect(rest.count == others && rest.allSatisfy { $0.rule == .episodeRefused }, sourceLocation: sourceLocation)
        let refusal = summary.refusals.first { $0.file == file && $0.line == line }
        #expect(refusal?.rule == rule, sourceLocation: sourceLocation)
        #expect(summary.hasBadValues == (rule == .badValue), sourceLocation: sourceLocation)
        if let secret, let refusal {
            #expect(!refusal.description.contains(secret), "\(refusal.description)", sourceLocation: sourceLocation)
        }
        #expect(try tableCounts() == before, "nothing of a refused import is kept", sourceLocation: sourceLocation)
        // What is left out is that row alone: the rest is kept.
        let rows = CaseloadFile.allCases.reduce(0) { $0 + (files.rows[$1]?.count ?? 0) }
        let kept = try take(files) {
            $0.createsMissing = createsMissing
            $0.skipsRejected = true
        }
        #expect(kept.count(.kept) == rows - 1 - others, sourceLocation: sourceLocation)
        #expect(try errors() == [], sourceLocation: sourceLocation)
        return summary
    }

    /// Brings in files of which every row is right: the other side of a boundary.
    func expectKept(_ files: CaseloadFiles, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let summary = try take(files)
        let rows = CaseloadFile.allCases.reduce(0) { $0 + (files.rows[$1]?.count ?? 0) }
        #expect(summary.count(.kept) == rows, sourceLocation: sourceLocation)
        #expect(summary.count(.refused) == 0, sourceLocation: sourceLocation)
        #expect(try errors() == [], sourceLocation: sourceLocation)
    }
}
