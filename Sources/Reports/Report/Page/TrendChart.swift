/// A share by quarter as a line, with its benchmark where it has one.
enum TrendChart {
    private static let (left, right, top, bottom) = (96, 700, 40, 260)

    static func svg(_ measure: Measure, _ points: [(quarter: String, tenths: Int?)]) -> String {
        let values = points.map { point in
            "\(point.quarter) \(point.tenths.map { Cell.decimal(tenths: $0) + " %" } ?? "no figure")"
        }
        var description = values.joined(separator: ", ")
        if let benchmark = measure.benchmark { description += "; benchmark \(Cell.decimal(tenths: benchmark)) %" }
        var chart = Chart(
            id: "trend-\(measure.id)",
            title: "\(measure.words), by quarter",
            description: description,
            height: 320
        )
        let range = range(of: points.compactMap(\.tenths) + [measure.benchmark].compactMap(\.self))
        func y(_ tenths: Int) -> Int {
            bottom - (tenths - range.lowerBound) * (bottom - top) / (range.upperBound - range.lowerBound)
        }
        func x(_ index: Int) -> Int { left + (2 * index + 1) * (right - left) / (2 * max(points.count, 1)) }
        for tenths in [range.lowerBound, (range.lowerBound + range.upperBound) / 2, range.upperBound] {
            chart.line(left, y(tenths), right, y(tenths), tenths == range.lowerBound ? Chart.axis : Chart.grid)
            chart.text("\(tenths / 10) %", x: left - 8, y: y(tenths) + 8, .end)
        }
        if let benchmark = measure.benchmark {
            chart.line(left, y(benchmark), right, y(benchmark), Chart.mark)
        }
        for (index, point) in points.enumerated() {
            chart.text(String(point.quarter.dropFirst(2)), x: x(index), y: bottom + 34)
            guard let tenths = point.tenths else { continue }
            if index > 0, let before = points[index - 1].tenths {
                chart.line(x(index - 1), y(before), x(index), y(tenths), Chart.curve)
            }
            chart.dot(x: x(index), y: y(tenths))
        }
        // Over all lines, whose color would strike a figure through.
        for (index, point) in points.enumerated() {
            guard let tenths = point.tenths else { continue }
            // On the side of the line where there is more room.
            let label = tenths > (range.lowerBound + range.upperBound) / 2 ? y(tenths) + 34 : y(tenths) - 16
            chart.text(Cell.decimal(tenths: tenths), x: x(index), y: label)
        }
        return chart.svg
    }

    /// The axis in tenths of a percent: the twenties that hold every figure, so that a change of a few percent shows.
    private static func range(of tenths: [Int]) -> ClosedRange<Int> {
        let step = 200
        let low = (tenths.min() ?? 0) / step * step
        let high = ((tenths.max() ?? 1000) + step - 1) / step * step
        return min(low, 1000 - step)...max(high, low + step)
    }
}
