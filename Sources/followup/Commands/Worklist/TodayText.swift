internal import CivilTime
internal import Reports

/// What is owed as people read it: overdue, due today, then the next days, in one table.
struct TodayText {
    let presentation: Presentation
    let withinDays: Int

    func render(_ worklist: Worklist) -> String {
        let groups = Worklist.Urgency.allCases.map { urgency in
            let rows = worklist.todayRows(urgency)
            return TableGroup(heading: heading(urgency, rows.count), rows: rows)
        }
        return TableText(presentation: presentation).render(Worklist.todayColumns, groups)
    }

    private func heading(_ urgency: Worklist.Urgency, _ count: Int) -> String {
        let style = presentation.style
        return switch urgency {
        case .overdue: style.red("Overdue: \(count)")
        case .today: style.yellow("Due today: \(count)")
        case .soon: style.bold("Due in the next \(withinDays) days: \(count)")
        }
    }
}
