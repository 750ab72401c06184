/// The frame of a chart: an SVG with a title and a description for whoever does not see it.
///
/// Coordinates are whole numbers in a view of 720 units, so that 22 units of type are 11 pixels on a phone.
struct Chart {
    static let width = 720
    static let type = 22

    private var body = ""
    private let id: String
    private let title: String
    private let description: String
    private let height: Int

    init(id: String, title: String, description: String, height: Int) {
        self.id = id
        self.title = title
        self.description = description
        self.height = height
    }

    enum Anchor: String {
        case start
        case middle
        case end
    }

    mutating func text(_ text: String, x: Int, y: Int, _ anchor: Anchor = .middle) {
        body +=
            "<text x=\"\(x)\" y=\"\(y)\" font-size=\"\(Self.type)\" text-anchor=\"\(anchor.rawValue)\">"
            + "\(HTMLText.escaped(text))</text>\n"
    }

    mutating func line(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, _ style: String) {
        body += "<line x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\" \(style)/>\n"
    }

    mutating func rectangle(x: Int, y: Int, width: Int, height: Int, fill: String) {
        body +=
            "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" fill=\"\(fill)\" "
            + "stroke=\"#1a1a1a\" stroke-width=\"1\"/>\n"
    }

    mutating func dot(x: Int, y: Int) {
        body += "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"7\" fill=\"#1f4e79\"/>\n"
    }

    static let axis = "stroke=\"#1a1a1a\" stroke-width=\"2\""
    static let grid = "stroke=\"#b5b5b5\" stroke-width=\"1\""
    static let curve = "stroke=\"#1f4e79\" stroke-width=\"4\""
    static let mark = "stroke=\"#a33b00\" stroke-width=\"3\" stroke-dasharray=\"12 8\""

    var svg: String {
        """
        <svg viewBox="0 0 \(Self.width) \(height)" role="img" aria-labelledby="\(id)-title \(id)-text">
        <title id="\(id)-title">\(HTMLText.escaped(title))</title>
        <desc id="\(id)-text">\(HTMLText.escaped(description))</desc>
        \(body)</svg>

        """
    }
}
