import Foundation
import GRDB

// GRDB runs the statements of a record (Trace/trace.c) on a database, from its cache of statements.
//
//     grdb-peer DATABASE RECORD
//
// Prints the wall and the processor time of the statements in milliseconds.

struct Recorded {
    let text: Int
    let values: [DatabaseValue]
}

struct DamagedRecord: Error {}

/// Reads a record line by line and byte by byte, as it was written.
struct RecordReader {
    private let bytes: Data
    private var place = 0

    init(path: String) throws {
        bytes = try Data(contentsOf: URL(filePath: path))
    }

    mutating func line() -> String? {
        guard place < bytes.count else { return nil }
        let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        defer { place = end + 1 }
        return String(decoding: bytes[place..<end], as: UTF8.self)
    }

    mutating func text(_ count: Int) -> String {
        defer { place += count + 1 }
        return String(decoding: bytes[place..<place + count], as: UTF8.self)
    }

    mutating func value() throws -> DatabaseValue {
        guard let line = line(), let kind = line.first else { throw DamagedRecord() }
        let rest = line.dropFirst(2)
        switch kind {
        case "N": return .null
        case "I": return (Int64(rest) ?? 0).databaseValue
        case "F": return (Double(rest) ?? 0).databaseValue
        case "T": return text(Int(rest) ?? 0).databaseValue
        case "B":
            let digits = Array(text((Int(rest) ?? 0) * 2))
            let bytes = stride(from: 0, to: digits.count, by: 2).map {
                UInt8(String(digits[$0...$0 + 1]), radix: 16) ?? 0
            }
            return Data(bytes).databaseValue
        default: throw DamagedRecord()
        }
    }
}

/// The processor time of this process, user and system.
func processorMilliseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
}

func main() throws {
    var reader = try RecordReader(path: CommandLine.arguments[2])
    var texts: [String] = []
    var steps: [Recorded] = []
    while let line = reader.line() {
        let words = line.split(separator: " ")
        guard let first = words.first else { continue }
        if first == "S" {
            texts.append(reader.text(Int(words[1]) ?? 0))
        } else {
            let values = try (0..<(Int(words[2]) ?? 0)).map { _ in try reader.value() }
            steps.append(Recorded(text: Int(words[1]) ?? 0, values: values))
        }
    }
    var configuration = Configuration()
    configuration.prepareDatabase { db in
        for setting in ["secure_delete = 1", "cell_size_check = 1", "synchronous = FULL"] {
            try db.execute(sql: "PRAGMA \(setting)")
        }
    }
    let queue = try DatabaseQueue(path: CommandLine.arguments[1], configuration: configuration)
    try queue.writeWithoutTransaction { db in
        let before = processorMilliseconds()
        let clock = ContinuousClock()
        var columns = 0
        let wall = try clock.measure {
            for step in steps {
                let statement = try db.cachedStatement(sql: texts[step.text])
                statement.setUncheckedArguments(StatementArguments(step.values))
                if statement.columnCount == 0 {
                    try statement.execute()
                } else {
                    let rows = try Row.fetchCursor(statement)
                    while let row = try rows.next() {
                        for value in row.databaseValues where !value.isNull { columns += 1 }
                    }
                }
            }
        }
        let used = processorMilliseconds() - before
        let parts = wall.components
        let milli = Double(parts.seconds) * 1e3 + Double(parts.attoseconds) / 1e15
        print(milli, used, columns & 1)
    }
}

try main()
