internal import ArgumentParser

/// How a command's data is written: for a person, a spreadsheet or a program.
enum OutputFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
    case table
    case csv
    case json
}
