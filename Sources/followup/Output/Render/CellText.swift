internal import Reports
internal import CivilTime

extension Presentation {
    /// The cell as people read it, on one line and safe to show.
    func text(_ cell: Cell) -> String {
        switch cell {
        case .text(let text), .code(let text): VisibleText.oneLine(text, ascii: ascii)
        case .int(let value): String(value)
        case .tenths(let value): Cell.decimal(tenths: value)
        case .instant(let instant): localTime(instant)
        case .date(let date): date.description
        case .bool(let value): value ? "yes" : "no"
        case .null: ""
        }
    }

    /// The cell's own lines, for a detail, where a note may be read as it was written.
    func lines(_ cell: Cell) -> [String] {
        switch cell {
        case .text(let text): VisibleText.lines(text)
        // A dash says that nothing was recorded, where an empty line might look cut off.
        case .null: ["-"]
        default: [text(cell)]
        }
    }

    /// An instant to the minute, in the agency's zone.
    ///
    /// In the autumn hour that comes twice the offset is added, for without it two times an hour apart look the same.
    private func localTime(_ instant: Instant) -> String {
        let local = zone.local(instant)
        let text = "\(local.date) \(Self.twoDigits(local.hour)):\(Self.twoDigits(local.minute))"
        guard case .two = zone.reading(of: local) else { return text }
        return "\(text) \(zone.rfc3339(instant).suffix(6))"
    }

    private static func twoDigits(_ value: Int) -> String {
        value < 10 ? "0\(value)" : String(value)
    }
}
