/// The cells of one row, one after the other in a single piece of memory: most are read once or never, and a String of
/// each would be made and thrown away several times between the file and the rules.
package struct PackedCells: Sendable {
    /// Each cell and a NUL. Cells hold none: the reader of the files refuses it.
    private(set) var bytes: [UInt8] = []
    /// Where each cell ends, which is where its NUL stands.
    private var ends: [Int32] = []

    package init() {}

    /// Takes apart what was packed before.
    init(unpacking bytes: [UInt8], count: Int) {
        ends.reserveCapacity(count)
        for index in bytes.indices where bytes[index] == 0 { ends.append(Int32(index)) }
        self.bytes = bytes
    }

    package var count: Int { ends.count }

    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    /// - Parameter add: appends the bytes of the cell.
    package mutating func append(_ add: (inout [UInt8]) -> Void) {
        add(&bytes)
        ends.append(Int32(bytes.count))
        bytes.append(0)
    }

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
}
