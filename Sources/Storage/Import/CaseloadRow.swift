/// One row of a caseload's file, before it is understood.
package struct CaseloadRow: Sendable {
    package let file: CaseloadFile
    package let line: Int
    package let packed: PackedCells

    package init(file: CaseloadFile, line: Int, packed: PackedCells) {
        self.file = file
        self.line = line
        self.packed = packed
    }

    /// The reference of the row's case, which is the first cell in every file.
    package var caseRef: String { packed.text(0) }

    package var cells: [String] { (0..<packed.count).map(packed.text) }

    /// Byte by byte, as the database compares: as text, two ways to write an accent would be one case.
    package func isOfCase(of other: CaseloadRow) -> Bool {
        packed.compare(0, to: other.packed) == 0
    }

    /// Whether the row's case comes before another's, in the order of the bytes of their references.
    package func isOfCase(before other: CaseloadRow) -> Bool {
        packed.compare(0, to: other.packed) < 0
    }
}
