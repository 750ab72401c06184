import CSV

/// What a whole file came to: its records up to the first error.
struct Reading: Equatable {
    struct Record: Equatable {
        var line: Int
        var cells: [String]
    }

    var records: [Record] = []
    var error: CSVError?

    var rows: [[String]] { records.map(\.cells) }

    /// Reads all of `bytes`, cells as they stand.
    init(_ bytes: [UInt8], columns: [String], limits: CSVLimits = .standard) {
        var reader = CSVReader(bytes: bytes, name: "visits.csv", limits: limits)
        readAll(&reader, columns: columns)
    }

    init(_ text: String, columns: [String], limits: CSVLimits = .standard) {
        self.init(Array(text.utf8), columns: columns, limits: limits)
    }

    init(path: String, columns: [String], limits: CSVLimits = .standard) {
        do {
            var reader = try CSVReader.open(path: path, name: "visits.csv", limits: limits)
            readAll(&reader, columns: columns)
        } catch {
            self.error = error
        }
    }

    init(records: [Record], error: CSVError?) {
        self.records = records
        self.error = error
    }

    private mutating func readAll(_ reader: inout CSVReader, columns: [String]) {
        do {
            try reader.readHeader(columns: columns)
            while try reader.next() {
                records.append(Record(line: reader.line, cells: columns.indices.map { reader.code($0) }))
            }
        } catch {
            self.error = error
        }
    }
}

extension CSVLimits {
    static func blocks(of bytes: Int) -> CSVLimits {
        CSVLimits(blockBytes: bytes)
    }
}

/// All that was written, as one array.
func written(columns: [String], byteOrderMark: Bool = false, _ body: (inout CSVWriter) throws -> Void) rethrows
    -> [UInt8]
{
    var writer = CSVWriter(to: .memory, columns: columns, byteOrderMark: byteOrderMark)
    try body(&writer)
    return writer.takeBytes()
}
