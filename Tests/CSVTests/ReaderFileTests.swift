import CSV
import Foundation
import Testing

@Suite struct ReaderFileTests {
    private static func refusal(_ path: String) -> CSVError? {
        do {
            var reader = try CSVReader.open(path: path, name: "visits.csv")
            try reader.readHeader(columns: ["a"])
            return nil
        } catch {
            return error
        }
    }

    @Test func `a file is read through blocks that split every record`() throws {
        let directory = try TemporaryDirectory()
        let rows = (0..<20_000).map { ["\($0)", "note \"\($0)\", at home\r\nand é 😀"] }
        let bytes = try written(columns: ["a", "b"]) { writer in
            for row in rows {
                row.forEach { writer.text($0) }
                try writer.endRecord()
            }
        }
        #expect(bytes.count > 2 * CSVLimits.standard.blockBytes)
        let path = try directory.file("visits.csv", bytes)
        let reading = Reading(path: path, columns: ["a", "b"])
        #expect(reading.error == nil)
        #expect(reading.rows == rows)
        #expect(Reading(path: path, columns: ["a", "b"], limits: .blocks(of: 4_099)) == reading)
    }

    @Test func `the size of a file is known when it is opened`() throws {
        let directory = try TemporaryDirectory()
        let reader = try CSVReader.open(path: directory.file("a.csv", Array("a\n1\n".utf8)), name: "a.csv")
        #expect(reader.totalBytes == 4)
        #expect(reader.name == "a.csv")
    }

    @Test func `a file that is not there is refused by name, without a place`() throws {
        let directory = try TemporaryDirectory()
        let error = try #require(Self.refusal(directory.path + "/none.csv"))
        #expect(error == CSVError(file: "visits.csv", reason: .unreadable(errno: ENOENT)))
        #expect(
            error.description
                == "visits.csv: the file cannot be read: there is no such file. "
                + "Check the name and the folder."
        )
    }

    @Test func `a folder is refused`() throws {
        let directory = try TemporaryDirectory()
        #expect(Self.refusal(directory.path) == CSVError(file: "visits.csv", reason: .isDirectory))
    }

    @Test func `a fault of the disk while reading is an error, not the end of the file`() {
        // The memory of this process at address 0: the kernel answers every read with EIO.
        #expect(Self.refusal("/proc/self/mem") == CSVError(file: "visits.csv", reason: .unreadable(errno: EIO)))
    }

    @Test func `an empty device is an empty file of unknown size`() throws {
        #expect(Self.refusal("/dev/null")?.reason == .emptyFile)
        let reader = try CSVReader.open(path: "/dev/null", name: "visits.csv")
        #expect(reader.totalBytes == nil)
    }

    // O_DIRECT, which Swift does not see because C shows it only on request.
    #if arch(arm64)
        private static let packetMode: Int32 = 0o200000
    #else
        private static let packetMode: Int32 = 0o40000
    #endif

    @Test func `a pipe is read to its end, however little comes at a time`() throws {
        var ends: [Int32] = [0, 0]
        try #require(unsafe pipe(&ends) == 0)
        // In packet mode each read gives what one write has put in: the size of the reads does not depend on timing.
        try #require(fcntl(ends[1], F_SETFL, O_WRONLY | Self.packetMode) == 0)
        defer { close(ends[0]) }
        for piece in ["a,", "b\r", "\n1", ",\"2\n", "3\"", "\r\n4,5\n", "6,", "7"] {
            let bytes = Array(piece.utf8)
            #expect(unsafe write(ends[1], bytes, bytes.count) == bytes.count)
        }
        close(ends[1])
        var reader = try CSVReader.open(path: "/dev/fd/\(ends[0])", name: "visits.csv")
        #expect(reader.totalBytes == nil)
        try reader.readHeader(columns: ["a", "b"])
        var rows: [[String]] = []
        while try reader.next() { rows.append([reader.code(0), reader.code(1)]) }
        #expect(rows == [["1", "2\n3"], ["4", "5"], ["6", "7"]])
    }

    @Test func `the file is closed when the reader is gone, also after an error`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.file("closed.csv", Array("a\n1,2\n".utf8))
        for _ in 0..<3 { #expect(Reading(path: path, columns: ["a"]).error != nil) }
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + $0)) == path
        }
        #expect(open.isEmpty)
    }
}
