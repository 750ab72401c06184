internal import CivilTime

/// The markup of a printed plan, as it is put together.
struct PlanMarkup {
    private var html = ""

    mutating func begin(_ language: String, title: String, points: Double) {
        html += """
            <!DOCTYPE html>
            <html lang="\(language)">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width">
            <title>\(HTMLText.escaped(title))</title>
            <style>
            \(Self.style(points: points))
            </style>
            </head>
            <body>
            <main>

            """
    }

    mutating func add(_ tag: String, _ text: String, class name: String? = nil) {
        let attribute = name.map { " class=\"\($0)\"" } ?? ""
        html += "<\(tag)\(attribute) dir=\"auto\">\(Self.withWholeNumbers(HTMLText.escaped(text)))</\(tag)>\n"
    }

    mutating func add(list entries: [String], isInColumns: Bool) {
        html += isInColumns ? "<ul class=\"short\">\n" : "<ul>\n"
        for entry in entries { add("li", entry) }
        html += "</ul>\n"
    }

    /// Sections that stand two by two beside each other.
    mutating func add(pairs sections: [PlanTypeSize.Section]) {
        guard !sections.isEmpty else { return }
        html += "<div class=\"pairs\">\n"
        for section in sections {
            html += "<section>\n"
            add("h2", section.heading)
            add(list: section.entries, isInColumns: false)
            html += "</section>\n"
        }
        html += "</div>\n"
    }

    mutating func add(footer language: PlanLanguage, reviewOn: CivilDate?, notices: [String]) {
        html += "</main>\n<footer>\n"
        if let reviewOn { add("p", language.review(on: reviewOn)) }
        html += "<div class=\"lines\">\n"
        for line in language.helpLines {
            html += "<div><b>\(HTMLText.escaped(line.number))</b> \(HTMLText.escaped(line.use))</div>\n"
        }
        html += "</div>\n"
        add("p", language.danger)
        for notice in notices { add("p", notice, class: "notice") }
        html += "</footer>\n"
    }

    /// A phone number that breaks off at its hyphen at the end of a line is misread: each one stays on its line.
    private static func withWholeNumbers(_ html: String) -> String {
        html.replacing(/[0-9]+(?:-[0-9]+)+/) { "<span class=\"number\">\($0.output)</span>" }
    }

    var finished: String {
        html + "</body>\n</html>\n"
    }

    /// Headings and the foot do not shrink below what can be read from across a room.
    private static func style(points: Double) -> String {
        """
        @page { size: letter; margin: 0.5in; }
        * { box-sizing: border-box; margin: 0; }
        body { font: \(points)pt/1.3 "DejaVu Sans", Verdana, Arial, sans-serif; color: #000; background: #fff; }
        body { display: flex; flex-direction: column; min-height: 9.9in; max-width: 7.5in; margin: 0 auto; }
        main { flex: 1; }
        h1 { font-size: 24pt; line-height: 1.1; }
        h2 { font-size: 1.05em; margin-top: 0.35em; break-after: avoid; }
        .number { white-space: nowrap; }
        .about { font-size: 10pt; }
        ul { padding-left: 1.2em; }
        .short { columns: 2; column-gap: 1.2em; }
        .pairs { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); column-gap: 1.2em; }
        .pairs section:last-child:nth-child(odd) { grid-column: 1 / -1; }
        li { white-space: pre-line; overflow-wrap: anywhere; break-inside: avoid; }
        footer { border-top: 2pt solid #000; margin-top: 6pt; padding-top: 4pt; font-size: 11pt; text-align: center; }
        .lines { display: flex; justify-content: space-around; font-size: 13pt; margin: 3pt 0; }
        .lines b { font-size: 20pt; }
        .notice { font-size: 8pt; margin-top: 3pt; }
        """
    }
}
