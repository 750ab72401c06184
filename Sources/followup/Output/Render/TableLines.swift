internal import Reports

/// A text with the columns that it takes, which cost more to find out than to keep.
struct MeasuredText {
    let text: String
    let width: Int

    init(_ text: String) {
        self.init(text, width: text.displayWidth)
    }

    init(_ text: String, width: Int) {
        self.text = text
        self.width = width
    }
}

/// The lines of a table, written one after the other.
///
/// Bytes are collected and not characters, whose boundaries nobody asks for here.
struct TableLines {
    private let widths: [Int]
    private let alignments: [Column.Alignment]
    private var bytes: [UInt8] = []

    init(widths: [Int], alignments: [Column.Alignment]) {
        self.widths = widths
        self.alignments = alignments
    }

    var text: String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// A line of its own, ready to be shown.
    mutating func append(_ line: String) {
        bytes += line.utf8
        bytes.append(UInt8(ascii: "\n"))
    }

    /// A row, whose longer cells are wrapped.
    mutating func append(wrapped row: [MeasuredText], mark: (String) -> String) {
        guard zip(row, widths).contains(where: { $0.width > $1 }) else { return append(row, mark: mark) }
        let wrapped = zip(row, widths).map { TextWrap.lines($0.text, width: $1) }
        let height = wrapped.reduce(1) { max($0, $1.count) }
        for line in 0..<height {
            append(wrapped.map { MeasuredText(line < $0.count ? $0[line] : "") }, mark: mark)
        }
    }

    /// A line of cells.
    ///
    /// - Parameter mark: the color or weight of the cells' text.
    mutating func append(_ cells: [MeasuredText], mark: (String) -> String) {
        // Spaces are owed until a cell needs them, so that no line ends in any.
        var owed = 0
        for (index, cell) in cells.enumerated() {
            let padding = max(widths[index] - cell.width, 0)
            let before = alignments[index] == .trailing ? padding : 0
            owed += index > 0 ? TableLayout.gap : 0
            if cell.text.isEmpty {
                owed += padding
                continue
            }
            for _ in 0..<owed + before { bytes.append(UInt8(ascii: " ")) }
            bytes += mark(cell.text).utf8
            owed = padding - before
        }
        bytes.append(UInt8(ascii: "\n"))
    }
}
