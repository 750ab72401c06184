import CSV

/// What the reader accepts is the same after it was written and read again, and whatever the size of a block is.
///
/// The first byte chooses the size of a block, the limits, and whether a header stands before the input.
enum CSVTarget {
    private static let columns = ["case_ref", "at"]
    private static let optional = ["note"]
    private static let header = Array("case_ref,at,note\n".utf8)
    private static let blocks = [1, 2, 3, 7, 64, 512]
    /// More than an input is long; the reader's own block of 256 kB would be most of the work.
    private static let ample = CSVLimits(blockBytes: 8_192)

    /// What a file says: its records, each as text and as code, and how it ended.
    private struct Reading: Equatable {
        var hasNote = false
        var texts: [[String]] = []
        var codes: [[String]] = []
        var lines: [Int] = []
        var error: CSVError?
    }

    static func test(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let body = Array(input.dropFirst())
        let bytes = choice & 0x80 == 0 ? header + body : body
        var limits = CSVLimits.standard
        if choice & 0x40 != 0 { limits = CSVLimits(cellBytes: 12, recordBytes: 30, columns: 4) }
        limits.blockBytes = blocks[Int(choice & 0x0F) % blocks.count]
        let reading = read(bytes, limits)
        limits.blockBytes = ample.blockBytes
        require(reading == read(bytes, limits), "any size of a block gives the same records and errors")
        if let error = reading.error {
            requireTellsNothing(error)
            require((error.line ?? 1) >= 1 && (error.column ?? 1) >= 1, "a place that exists")
        }
        let written = write(reading)
        let again = read(written, ample)
        require(again.error == nil, "what was written can be read: \(String(describing: again.error))")
        require(again.texts == reading.texts, "a text comes back as it was")
        require(read(writeCodes(reading), ample).codes == reading.codes, "a code comes back as it was")
        require(write(again) == written, "what is written does not change any more")
    }

    private static func read(_ bytes: [UInt8], _ limits: CSVLimits) -> Reading {
        var reader = CSVReader(bytes: bytes, name: "visits.csv", limits: limits)
        var reading = Reading()
        do {
            try reader.readHeader(columns: columns, optional: optional)
            reading.hasNote = reader.hasColumn(2)
            while try reader.next() {
                reading.texts.append((0..<3).map { reader.text($0) })
                reading.codes.append((0..<3).map { reader.code($0) })
                reading.lines.append(reader.location(of: 1).line)
                for column in 0..<3 {
                    require(reader.isEmpty(column) == reader.code(column).isEmpty, "an empty cell is known")
                }
            }
        } catch {
            reading.error = error
        }
        return reading
    }

    private static func write(_ reading: Reading) -> [UInt8] {
        var writer = CSVWriter(to: .memory, columns: columns + optional)
        for row in reading.texts {
            for text in row { writer.text(text) }
            certain("a record in memory") { try writer.endRecord() }
        }
        return writer.takeBytes()
    }

    private static func writeCodes(_ reading: Reading) -> [UInt8] {
        var writer = CSVWriter(to: .memory, columns: columns + optional)
        for row in reading.codes {
            for code in row { writer.code(code) }
            certain("a record in memory") { try writer.endRecord() }
        }
        return writer.takeBytes()
    }
}
