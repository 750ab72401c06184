/// What the naive reading cannot read: file, line and column, never the content of a cell.
package struct NaiveError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
