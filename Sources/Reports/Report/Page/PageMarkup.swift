internal import CivilTime

/// The markup of a report's page, as it is put together.
struct PageMarkup {
    private(set) var html = ""

    mutating func begin(title: String) {
        html += """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(HTMLText.escaped(title))</title>
            <style>
            \(PageStyle.text)
            </style>
            </head>
            <body>
            <main>

            """
    }

    mutating func append(_ markup: String) {
        html += markup
    }

    mutating func end() {
        html += "</main>\n</body>\n</html>\n"
    }

    mutating func add(_ tag: String, _ text: String, class name: String? = nil) {
        let attribute = name.map { " class=\"\($0)\"" } ?? ""
        html += "<\(tag)\(attribute)>\(Self.unbroken(text))</\(tag)>\n"
    }

    /// A text whose dates stay on one line.
    private static func unbroken(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            let date = word.drop { $0 == "(" }.prefix { $0 != ")" }
            guard CivilDate(String(date)) != nil else { return HTMLText.escaped(String(word)) }
            return "<span class=\"day\">\(HTMLText.escaped(String(word)))</span>"
        }
        .joined(separator: " ")
    }

    /// A part of the page with a heading, which names it for whoever listens to the page.
    mutating func section(_ heading: String, id: String, _ body: (inout PageMarkup) -> Void) {
        html += "<section aria-labelledby=\"\(id)\">\n<h2 id=\"\(id)\">\(HTMLText.escaped(heading))</h2>\n"
        body(&self)
        html += "</section>\n"
    }

    /// Parts that stand beside each other where there is room.
    mutating func grid(class name: String = "grid", _ body: (inout PageMarkup) -> Void) {
        html += "<div class=\"\(name)\">\n"
        body(&self)
        html += "</div>\n"
    }

    mutating func figure(_ svg: String, caption: String) {
        html += "<figure>\n<figcaption>\(HTMLText.escaped(caption))</figcaption>\n\(svg)</figure>\n"
    }

    /// A table; the first cell of each row names the row. On a narrow screen it is scrolled in its own frame.
    mutating func table(_ caption: String, _ headings: [String], _ rows: [[PageCell]], class name: String = "") {
        let caption = HTMLText.escaped(caption)
        html += "<div class=\"frame\" role=\"region\" aria-label=\"\(caption)\" tabindex=\"0\">\n"
        html +=
            "<table\(name.isEmpty ? "" : " class=\"\(name)\"")>\n<caption><span>\(caption)</span></caption>\n<thead><tr>"
        for heading in headings { html += "<th scope=\"col\">\(HTMLText.escaped(heading))</th>" }
        html += "</tr></thead>\n<tbody>\n"
        for row in rows {
            html += "<tr>"
            for (index, cell) in row.enumerated() {
                html += index == 0 ? "<th scope=\"row\">\(HTMLText.escaped(cell.text))</th>" : cell.markup
            }
            html += "</tr>\n"
        }
        html += "</tbody>\n</table>\n</div>\n"
    }
}

/// One cell of a page's table.
struct PageCell {
    /// How a figure compares, shown by color, by a mark, and in words for whoever sees neither.
    enum Standing: String {
        case better
        case worse

        var mark: String { self == .better ? "▲" : "▼" }
    }

    let text: String
    var standing: Standing?
    /// What the standing means, in words.
    var words = ""
    var isProse = false
    /// Whether it is what a figure is a part of, which may take two lines.
    var isWhole = false

    init(_ text: String) {
        self.text = text
    }

    init(whole text: String) {
        self.text = text
        isWhole = true
    }

    init(prose text: String) {
        self.text = text
        isProse = true
    }

    init(_ text: String, _ standing: Standing?, _ words: String) {
        self.text = text
        self.standing = standing
        self.words = words
    }

    fileprivate var markup: String {
        let text = HTMLText.escaped(text)
        if isProse { return "<td class=\"prose\">\(text)</td>" }
        if isWhole { return "<td class=\"of\">\(text)</td>" }
        guard let standing else { return "<td>\(text)</td>" }
        return "<td class=\"\(standing.rawValue)\">\(text) <span aria-hidden=\"true\">\(standing.mark)</span>"
            + "<span class=\"unseen\"> \(HTMLText.escaped(words))</span></td>"
    }
}
