/// The response times in bands of five minutes, with the line of 45 minutes.
enum HistogramChart {
    private static let (left, right, top, bottom) = (96, 710, 50, 300)

    static func svg(_ counts: [Int], words: [String]) -> String {
        let total = counts.reduce(0, +)
        let inTime = counts.prefix(ResponseBand.firstLate).reduce(0, +)
        var chart = Chart(
            id: "response-times",
            title: "Response times of immediate mobile responses",
            description: "\(FigureText.count(inTime)) of \(FigureText.count(total)) arrived within 45 minutes. "
                + zip(words, counts).map { "\($0) minutes: \($1)" }.joined(separator: ", "),
            height: 370
        )
        let most = max(counts.max() ?? 0, 1)
        func x(_ band: Int) -> Int { left + band * (right - left) / counts.count }
        chart.line(left, top, right, top, Chart.grid)
        chart.text(FigureText.count(most), x: left - 8, y: top + 8, .end)
        chart.text("0", x: left - 8, y: bottom + 8, .end)
        for (band, count) in counts.enumerated() where count > 0 {
            let height = max(1, count * (bottom - top) / most)
            chart.rectangle(
                x: x(band) + 1,
                y: bottom - height,
                width: x(band + 1) - x(band) - 2,
                height: height,
                fill: band < ResponseBand.firstLate ? "#1f4e79" : "url(#slanted)"
            )
        }
        chart.line(left, bottom, right, bottom, Chart.axis)
        for minutes in stride(from: 0, through: (counts.count - 1) * ResponseBand.width, by: 15) {
            chart.text(String(minutes), x: x(minutes / ResponseBand.width), y: bottom + 30)
        }
        chart.text("minutes; the last bar is all that took longer", x: right, y: 360, .end)
        let mark = x(ResponseBand.firstLate)
        chart.line(mark, top - 14, mark, bottom, Chart.mark)
        chart.text("45 minutes", x: mark + 10, y: top - 20, .start)
        return chart.svg
    }
}
