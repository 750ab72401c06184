internal import CivilTime
internal import Reports

/// The course of a case drawn by day: a scale, the follow-up window, and a lane for each kind of event.
struct TimelineText {
    /// Where the output has no width of its own, as in a pipe; arbitrary, and the oldest convention there is.
    private static let usualWidth = Terminal.usualWidth
    /// Below this a scale tells nothing, and a narrower screen has to wrap it; arbitrary.
    private static let leastScaleWidth = 10

    let presentation: Presentation

    func render(_ timeline: CaseTimeline) -> String {
        let headings = timeline.lanes.map(\.heading) + ["Window", "Course"]
        let margin = headings.reduce(0) { max($0, $1.displayWidth) } + TableLayout.gap
        let width = presentation.width ?? Self.usualWidth
        let scale = TimelineScale(days: timeline.days, room: max(width - margin, Self.leastScaleWidth))
        let drawing = TimelineDrawing(timeline: timeline, scale: scale, presentation: presentation)

        var lines = [labeled("Day", drawing.numbers, margin)]
        lines.append(labeled(timeline.window == nil ? "Course" : "Window", drawing.axis, margin))
        for lane in timeline.lanes where !lane.marks.isEmpty || lane.isShownEmpty {
            lines.append(labeled(lane.heading, drawing.lane(lane), margin))
        }
        if let pointer = drawing.pointer(width: width - margin) { lines.append(labeled("", pointer, margin)) }
        lines += flowing(drawing.legend, width: width).map(presentation.style.dim)
        return lines.map { $0.trimmingEnd() + "\n" }.joined()
    }

    private func labeled(_ heading: String, _ drawn: String, _ margin: Int) -> String {
        presentation.style.bold(heading) + String(repeating: " ", count: margin - heading.displayWidth) + drawn
    }

    /// The entries in lines, none of them broken.
    private func flowing(_ entries: [String], width: Int) -> [String] {
        var lines: [String] = []
        for entry in entries {
            if let last = lines.last, last.displayWidth + 3 + entry.displayWidth <= width {
                lines[lines.count - 1] = "\(last)   \(entry)"
            } else {
                lines.append(entry)
            }
        }
        return lines
    }
}

extension String {
    fileprivate func trimmingEnd() -> String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
