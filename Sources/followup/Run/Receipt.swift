internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services

/// What a command that writes says of it: one line for people, one record for programs.
struct Receipt {
    var detail = Detail()
    private var words: [(Presentation) -> String] = []

    /// - Parameter what: what was done, such as `site added`.
    init(_ what: String) {
        words = [{ _ in what }]
        detail.add("done", "Done", .code(what))
    }

    /// Adds a value to both the line and the record.
    mutating func add(_ key: String, _ heading: String, _ cell: Cell) {
        detail.add(key, heading, cell)
        words.append { "\(heading.lowercased()): \($0.text(cell))" }
    }

    /// The line: `2026-00042  visit logged  next: first-contact by 2026-11-22 14:05`.
    func line(_ presentation: Presentation) -> String {
        var line = ""
        // `joined` asks the run-time library a question at each start.
        for word in words { line += (line.isEmpty ? "" : "  ") + word(presentation) }
        return line
    }
}

extension Receipt {
    /// What a change leaves to be done in its case.
    init(_ what: String, _ change: CaseChange, at now: Instant) {
        let number = change.caseNumber.description
        let open = change.openDeadlines
        let next = open.first
        words = [{ _ in number }, { _ in what }, { Self.next(next, at: now, $0) }]
        detail.add("case_number", "Case", .code(number))
        detail.add("done", "Done", .code(what))
        detail.add("next_kind", "Next", .ifPresent(next) { .code($0.kind.rawValue) })
        detail.add("next_due_at", "Due", .ifPresent(next) { .instant($0.dueAt) })
        detail.add("overdue", "Overdue", .int(open.count { $0.isOverdue(at: now) }))
        let window = change.history.window(under: change.practice)
        detail.add("window_ends_on", "Window ends", .ifPresent(window) { .date($0.lastDay) })
    }

    private static func next(_ deadline: Deadline?, at now: Instant, _ presentation: Presentation) -> String {
        guard let deadline else { return "nothing due" }
        let due = presentation.text(.instant(deadline.dueAt))
        return "next: \(deadline.kind.rawValue) by \(due)" + (deadline.isOverdue(at: now) ? " (overdue)" : "")
    }
}
