internal import CrisisCare
internal import Services

/// A form that somebody filled in, from a file or the standard input.
enum PlanFormSource {
    /// More than any plan has; arbitrary.
    private static let mostBytes = 1024 * 1024

    static func read(_ path: String) throws(Failure) -> String {
        let name = path == "-" ? "the standard input" : "the form"
        let bytes =
            path == "-"
            ? try FileBytes.read(0, named: name, most: mostBytes)
            : try FileBytes.read(path, named: name, most: mostBytes)
        return try TextSource.noteText(bytes, name)
    }

    static func content(of text: String) throws(Failure) -> PlanContent {
        do {
            return try PlanForm.content(of: text)
        } catch {
            throw Failure(
                .badData,
                "line \(error.line) of the form: \(error.problem)",
                hint: "Correct it and give the form again. Nothing was saved."
            )
        }
    }
}
