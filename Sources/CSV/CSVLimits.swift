/// How much one cell, one record and one header may hold, and how much is read at a time.
///
/// The limits bound the memory that a file made by accident or by malice can take: a record is held whole, a file never.
/// Their sizes are arbitrary: far above any note a person types, far below what would trouble a small machine.
package struct CSVLimits: Sendable {
    /// Bytes of one cell as it stands in the file, its quotes included.
    package var cellBytes: Int
    /// Bytes of one record as it stands in the file, without its line end.
    package var recordBytes: Int
    /// Cells of the header.
    package var columns: Int
    /// Bytes asked of the system at a time. Any size from 1 gives the same records and the same errors.
    package var blockBytes: Int

    package init(
        cellBytes: Int = 1 << 20,
        recordBytes: Int = 4 << 20,
        columns: Int = 1_000,
        blockBytes: Int = 256 << 10
    ) {
        self.cellBytes = cellBytes
        self.recordBytes = recordBytes
        self.columns = columns
        self.blockBytes = max(1, blockBytes)
    }

    package static let standard = CSVLimits()
}
