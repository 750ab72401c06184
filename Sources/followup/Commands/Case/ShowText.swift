internal import CivilTime
internal import Reports

/// A case on one screen: who, the clocks, the course drawn by day, and the latest events.
struct ShowText {
    /// Clocks and events that are shown where not all are asked for; arbitrary, so that an ordinary case fits a screen.
    private static let most = 5
    /// What the first line tells.
    private static let headline: Set<String> = [
        "case_number", "client", "age_at_call", "sex", "window_days_left", "discharged_on", "discharge_reason",
    ]
    /// What is told even when there is nothing, because that is what one looks for.
    private static let alwaysTold: Set<String> = ["arrived_at", "last_contact_at"]

    let presentation: Presentation
    let isWhole: Bool

    func render(_ view: CaseView) -> String {
        let fields = view.detail.fields
        var text = headline(view) + "\n"
        text += FieldGrid(presentation: presentation).render(
            fields.filter { field in
                if Self.headline.contains(field.column.key) || field.cell == .bool(false) { return false }
                return field.cell != .null || Self.alwaysTold.contains(field.column.key)
            }
        )
        if let clocks = listing("deadlines", in: view) { text += "\n" + self.clocks(clocks) }
        text += "\n" + TimelineText(presentation: presentation).render(view.timeline)
        if let events = listing("timeline", in: view) { text += "\n" + self.events(events, view) }
        return text
    }

    private func headline(_ view: CaseView) -> String {
        func text(_ key: String) -> String {
            view.detail.fields.first { $0.column.key == key }.map { presentation.text($0.cell) } ?? ""
        }
        let who = [text("client"), text("age_at_call"), text("sex")].filter { !["", "unknown"].contains($0) }
            .joined(separator: ", ")
        var states: [String] = []
        if text("discharged_on").isEmpty {
            states.append("open")
            if let left = Int(text("window_days_left")) {
                let days = "\(abs(left)) day\(abs(left) == 1 ? "" : "s")"
                states.append(
                    left > 0
                        ? "\(days) left in the window" : left == 0 ? "window ends today" : "window ended \(days) ago"
                )
            }
        } else {
            let reason = text("discharge_reason")
            states.append("closed \(text("discharged_on"))" + (reason.isEmpty ? "" : ": \(reason)"))
        }
        let overdue =
            listing("deadlines", in: view).map { $0.rows.count(where: { $0.contains(.code("overdue")) }) } ?? 0
        if overdue > 0 { states.append("\(overdue) overdue") }
        let state = states.joined(separator: ", ")
        return beside(
            "\(text("case_number"))  \(who)",
            state,
            mark: overdue > 0 ? presentation.style.red : { $0 }
        )
    }

    /// What is open or was missed, and the latest of what was met.
    private func clocks(_ listing: Listing) -> String {
        let standings = listing.rows.map { Standing($0, listing.columns) }
        // Settled clocks give way, the earliest first.
        var surplus = isWhole ? 0 : max(listing.rows.count - Self.most, 0)
        var rows: [[Cell]] = []
        var left = 0
        for (row, standing) in zip(listing.rows, standings) {
            if standing == .settled, surplus > 0 {
                surplus -= 1
                left += 1
            } else {
                rows.append(row)
            }
        }
        let shown = Listing(columns: listing.columns, rows: rows).withoutEmptyColumns
        let table = TableText(presentation: presentation).render(shown) { row in
            switch Standing(row, shown.columns) {
            case .overdue: presentation.style.red
            case .missed: presentation.style.yellow
            case .open, .settled: { $0 }
            }
        }
        let body = table.isEmpty ? "none\n" : table
        return heading("Clocks", without: left, "earlier, none of them missed") + body
    }

    private func events(_ listing: Listing, _ view: CaseView) -> String {
        // What lies ahead is in the drawing.
        let past = listing.rows.filter { row in
            if case .instant(let at)? = row.first { at <= view.asOf } else { true }
        }
        let rows = isWhole ? past : Array(past.suffix(Self.most))
        let shown = Listing(columns: listing.columns, rows: rows)
        let table = TableText(presentation: presentation).render(shown)
        return heading("Events", without: past.count - rows.count, "earlier") + table
    }

    /// A heading, with how many are left out below it and how to see them.
    private func heading(_ text: String, without count: Int, _ words: String) -> String {
        beside(text, count > 0 ? "(\(count) \(words); --all shows them)" : "", mark: presentation.style.dim) + "\n"
    }

    /// A text in bold with another beside it, or below it on a screen that is too narrow.
    private func beside(_ bold: String, _ other: String, mark: (String) -> String) -> String {
        guard !other.isEmpty else { return presentation.style.bold(bold) }
        let width = presentation.width ?? .max
        if bold.displayWidth + 2 + other.displayWidth <= width {
            return "\(presentation.style.bold(bold))  \(mark(other))"
        }
        let lines = TextWrap.lines(bold, width: width).map(presentation.style.bold)
        return (lines + TextWrap.lines(other, width: width).map(mark)).joined(separator: "\n")
    }

    private func listing(_ key: String, in view: CaseView) -> Listing? {
        for section in view.detail.sections where section.key == key {
            if case .listing(let listing) = section.content { return listing }
        }
        return nil
    }

    /// How a clock stands, read from its row.
    private enum Standing {
        case open
        case overdue
        /// Met late, or never and then cancelled.
        case missed
        /// Met in time, or cancelled before it was due.
        case settled

        init(_ row: [Cell], _ columns: [Column]) {
            let cells = Dictionary(zip(columns.map(\.key), row)) { first, _ in first }
            switch (cells["status"], cells["due_at"], cells["ended_at"]) {
            case (.code("overdue"), _, _): self = .overdue
            case (.code("open"), _, _): self = .open
            case (_, .instant(let due), .instant(let ended)): self = ended > due ? .missed : .settled
            default: self = .settled
            }
        }
    }
}

extension Listing {
    /// The list without the columns that tell nothing in any row.
    fileprivate var withoutEmptyColumns: Listing {
        let kept = columns.indices.filter { index in rows.contains { $0[index] != .null } }
        return Listing(columns: kept.map { columns[$0] }, rows: rows.map { row in kept.map { row[$0] } })
    }
}
