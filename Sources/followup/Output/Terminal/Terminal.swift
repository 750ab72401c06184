internal import Glibc

/// What stands behind a descriptor: a person at a terminal, or a file or a pipe.
enum Terminal {
    /// Used where a terminal tells no width of its own; arbitrary, and the oldest convention there is.
    static let usualWidth = 80

    static func isTerminal(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1
    }

    /// Columns of the terminal, or nil where the output is none and lines stay whole.
    static func width(of descriptor: Int32, environment: Environment = .process) -> Int? {
        guard isTerminal(descriptor) else { return nil }
        var size = winsize()
        if unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
            return Int(size.ws_col)
        }
        if let columns = environment.nonEmpty("COLUMNS").flatMap({ Int($0) }), columns > 0 {
            return columns
        }
        return usualWidth
    }

    /// Whether the terminal understands control sequences such as colors and erasing a line.
    static func obeysControls(_ descriptor: Int32, environment: Environment = .process) -> Bool {
        isTerminal(descriptor) && environment.value("TERM") != "dumb"
    }
}
