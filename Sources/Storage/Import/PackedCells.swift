/// The cells of one row, one after the other in a single piece of memory: most are read once or never, and a String of
/// each would be made and thrown away several times between the file and the rules.
package struct PackedCells: Sendable {
    /// Each cell and a NUL. Cells hold none: the reader of the files refuses it.
    private(set) var bytes: [UInt8] = []
    /// Where each cell ends, which is where its NUL stands.
    private var ends: [Int32] = []

    /// - Parameter fill: appends each cell and a NUL, and where that NUL stands.
    package init(_ fill: (_ bytes: inout [UInt8], _ ends: inout [Int32]) -> Void) {
        fill(&bytes, &ends)
    }

    /// Takes apart what was packed before.
    init(unpacking bytes: [UInt8], count: Int) {
        ends.reserveCapacity(count)
        for index in bytes.indices where bytes[index] == 0 { ends.append(Int32(index)) }
        self.bytes = bytes
    }

    package var count: Int { ends.count }

    private func place(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : Int(ends[index - 1]) + 1)..<Int(ends[index])
    }

    package func isEmpty(_ index: Int) -> Bool { place(index).isEmpty }

    /// How many bytes the cell has.
    package func length(_ index: Int) -> Int { place(index).count }

    package func text(_ index: Int) -> String {
        String(decoding: bytes[place(index)], as: UTF8.self)
    }

    /// Gives the bytes of a cell.
    package func withCell<Result, Failure: Error>(
        _ index: Int,
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(bytes.span.extracting(place(index)))
    }

    /// How a cell compares with the same cell of another row, byte by byte: negative, 0 or positive.
    func compare(_ index: Int, to other: PackedCells) -> Int {
        withCell(index) { mine in
            other.withCell(index) { theirs in
                for place in 0..<min(mine.count, theirs.count) where mine[place] != theirs[place] {
                    return Int(mine[place]) - Int(theirs[place])
                }
                return mine.count - theirs.count
            }
        }
    }
}
