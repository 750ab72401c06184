internal import CivilTime
internal import CrisisCare
internal import Services
internal import Storage

/// Into what the figures of a report are divided.
package enum ReportGrouping: String, CaseIterable, Sendable {
    case site
    case month
    case town
    case program

    /// The group of an episode as a number; months are counted from the first of the period, so that a month stands
    /// beside the same month of the period before.
    func key(of facts: borrowing EpisodeFacts, in period: ReportPeriod) -> Int64 {
        switch self {
        case .site: facts.row.site.value
        case .month: Int64(MonthNumber(of: facts.callDay).number - MonthNumber(of: period.from).number)
        case .town: facts.row.town?.value ?? Self.noTown
        case .program: facts.row.program.value
        }
    }

    func name(of key: Int64, in period: ReportPeriod, _ directory: Directory) -> String {
        switch self {
        case .site: directory.siteName(SiteID(key))
        case .month: MonthNumber(of: period.from).adding(Int(key)).description
        case .town: key == Self.noTown ? "no town" : directory.codes.text(CodeID(key)) ?? ""
        case .program: directory.policies.name(of: ProgramID(key)) ?? ""
        }
    }

    /// No code has this number.
    private static let noTown: Int64 = 0

    /// Months without an episode are shown too.
    func keysWithoutEpisodes(in period: ReportPeriod) -> [Int64] {
        guard self == .month else { return [] }
        let months = MonthNumber(of: period.to).number - MonthNumber(of: period.from).number
        return (0...Int64(months)).map { $0 }
    }
}
