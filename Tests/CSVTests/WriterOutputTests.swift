import CSV
import Foundation
import Testing

@Suite struct WriterOutputTests {
    private static let columns = ["a", "b"]

    private static func write(_ count: Int, to descriptor: Int32) throws(CSVWriteError) {
        var writer = CSVWriter(to: .descriptor(descriptor), columns: columns)
        for number in 0..<count {
            writer.int(number)
            writer.text("note \(number), at home")
            try writer.endRecord()
        }
        try writer.finish()
    }

    private static func expected(_ count: Int) throws -> [UInt8] {
        try written(columns: columns) { writer in
            for number in 0..<count {
                writer.int(number)
                writer.text("note \(number), at home")
                try writer.endRecord()
            }
        }
    }

    @Test func `a file holds every record, over many blocks`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/out.csv"
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        try #require(descriptor >= 0)
        try Self.write(40_000, to: descriptor)
        close(descriptor)
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(try bytes == Self.expected(40_000))
        #expect(bytes.count > 3 * 262_144)
    }

    @Test func `a file without a record still holds its header`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/out.csv"
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        try #require(descriptor >= 0)
        try Self.write(0, to: descriptor)
        close(descriptor)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "a,b\r\n")
    }

    @Test(arguments: [0, 40_000]) func `a full disk is an error, in the middle and at the end`(_ count: Int) throws {
        let descriptor = unsafe open("/dev/full", O_WRONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let error = #expect(throws: CSVWriteError(errno: ENOSPC)) { try Self.write(count, to: descriptor) }
        #expect(
            error?.description == "The CSV output is incomplete and is not to be used: "
                + "the disk is full. Free some space and try again."
        )
    }

    @Test func `a pipe whose reader has gone is an error`() throws {
        signal(SIGPIPE, SIG_IGN)
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        #expect(throws: CSVWriteError(errno: EPIPE)) {
            try Self.write(1, to: pipe.fileHandleForWriting.fileDescriptor)
        }
    }

    @Test func `a closed descriptor is an error`() {
        #expect(throws: CSVWriteError(errno: EBADF)) { try Self.write(1, to: -1) }
    }

    @Test func `an output that does not wait by itself gets every byte`() throws {
        let pipe = Pipe()
        let target = pipe.fileHandleForWriting.fileDescriptor
        try #require(fcntl(target, F_SETFL, fcntl(target, F_GETFL) | O_NONBLOCK) == 0)
        let reader = PipeReader(pipe.fileHandleForReading)
        try Self.write(40_000, to: target)
        try pipe.fileHandleForWriting.close()
        #expect(try reader.bytes() == Self.expected(40_000))
    }
}
