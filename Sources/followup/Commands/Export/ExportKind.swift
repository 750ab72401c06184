internal import ArgumentParser
internal import Reports
internal import Services
internal import Storage

/// What can be exported.
enum ExportKind: String, CaseIterable, ExpressibleByArgument {
    case summary
    case episodes
    case extensions
    case visits
    case plans
    case referrals
    case overdue
    case dispositions
    case audit

    /// One of the five files that `import` reads.
    var caseloadFile: CaseloadFile? {
        switch self {
        case .summary, .overdue, .dispositions, .audit: nil
        case .episodes: .episodes
        case .extensions: .extensions
        case .visits: .visits
        case .plans: .plans
        case .referrals: .referrals
        }
    }

    var columns: [Column] {
        switch self {
        case .summary: EpisodeSummary.columns
        case .overdue: Worklist.columns
        case .dispositions: DispositionExport.columns
        case .audit: Session.auditFileColumns
        default: caseloadFile.map(CaseloadExport.columns) ?? []
        }
    }
}
