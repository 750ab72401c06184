/// Shares of a whole by quarter, one column for each.
enum StackedChart {
    private static let (left, right, top, bottom) = (96, 700, 20, 300)

    /// - Parameter columns: for each quarter the shares in tenths of a percent, in the order of the fills.
    static func svg(
        _ title: String,
        _ names: [String],
        _ columns: [(quarter: String, shares: [Int])]
    ) -> String {
        let description = columns.map { column in
            let shares = zip(names, column.shares).map { "\($0) \(Cell.decimal(tenths: $1)) %" }
            return "\(column.quarter): " + shares.joined(separator: ", ")
        }
        var chart = Chart(
            id: "sources",
            title: "\(title), by quarter",
            description: description.joined(separator: ". "),
            height: 350
        )
        for percent in [0, 50, 100] {
            let y = bottom - percent * (bottom - top) / 100
            chart.line(left, y, right, y, percent == 0 ? Chart.axis : Chart.grid)
            chart.text("\(percent) %", x: left - 8, y: y + 8, .end)
        }
        let step = (right - left) / max(columns.count, 1)
        for (index, column) in columns.enumerated() {
            var sum = 0
            for (place, share) in column.shares.enumerated() {
                let low = bottom - sum * (bottom - top) / 1000
                sum += share
                let high = bottom - sum * (bottom - top) / 1000
                guard low > high else { continue }
                chart.rectangle(
                    x: left + index * step + step / 8,
                    y: high,
                    width: step * 3 / 4,
                    height: low - high,
                    fill: Patterns.fills[place % Patterns.fills.count]
                )
            }
            chart.text(String(column.quarter.dropFirst(2)), x: left + index * step + step / 2, y: bottom + 34)
        }
        return chart.svg
    }

    /// The fills with their names, in the order of the columns from the bottom.
    static func legend(_ names: [String]) -> String {
        let items = names.enumerated().map { place, name in
            """
            <li><svg viewBox="0 0 22 16" aria-hidden="true"><rect x="1" y="1" width="20" height="14" \
            fill="\(Patterns.fills[place % Patterns.fills.count])" stroke="#1a1a1a"/></svg>\(HTMLText.escaped(name))</li>
            """
        }
        return "<ul class=\"legend\">\n\(items.joined(separator: "\n"))\n</ul>\n"
    }
}

/// Fills that differ in lightness and in pattern, so that they are told apart without color.
enum Patterns {
    static let fills = ["#1f4e79", "url(#slanted)", "#f2b84b", "url(#dotted)", "#9fb8cf", "#ffffff"]

    /// For the page once: every chart refers to it.
    static let markup = """
        <svg class="patterns" width="0" height="0" aria-hidden="true"><defs>
        <pattern id="slanted" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="8" height="8" fill="#fbe3d0"/><rect width="4" height="8" fill="#a33b00"/></pattern>
        <pattern id="dotted" width="8" height="8" patternUnits="userSpaceOnUse">
        <rect width="8" height="8" fill="#ffffff"/><circle cx="4" cy="4" r="2" fill="#2e6b34"/></pattern>
        </defs></svg>

        """
}
