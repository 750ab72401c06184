internal import CivilTime

/// What tables and details adapt to: the agency's zone, and the reader's screen.
struct Presentation: Sendable {
    /// The agency's zone, never the reader's.
    let zone: Zone
    /// Columns of the terminal, or nil to keep every line whole.
    var width: Int?
    /// Whether decorations are kept to ASCII; the data itself is always UTF-8.
    var ascii: Bool
    var style: Style

    /// For a file or a pipe: whole lines, no color.
    static func plain(zone: Zone, ascii: Bool = false) -> Presentation {
        Presentation(zone: zone, width: nil, ascii: ascii, style: .plain)
    }

    /// For wherever the data goes: the terminal's width and color, or none of them in a file or a pipe.
    static func of(
        _ sink: OutputSink,
        zone: Zone,
        noColor: Bool,
        environment: Environment = .process
    ) -> Presentation {
        Presentation(
            zone: zone,
            width: Terminal.width(of: sink.descriptor, environment: environment),
            // A file is read later, and perhaps elsewhere: this reader's locale says nothing about it.
            ascii: !sink.isFile && !environment.isUTF8,
            style: .of(sink.descriptor, noColor: noColor, environment: environment)
        )
    }

    /// The line that is drawn under a heading.
    func rule(_ width: Int) -> String {
        String(repeating: ascii ? "-" : "─", count: width)
    }
}
