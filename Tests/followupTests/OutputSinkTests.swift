import Reports
import Foundation
import Glibc
import Synchronization
import Testing

@testable import followup

struct OutputSinkTests {
    @Test func `small writes arrive in order and whole`() throws {
        let text = try OutputFixture.written { descriptor in
            let sink = OutputSink(descriptor: descriptor)
            for number in 0..<100_000 { try sink.write("\(number)\n") }
            try sink.finish()
        }
        #expect(text.split(separator: "\n").elementsEqual((0..<100_000).map { Substring(String($0)) }))
    }

    @Test func `a full disk is an error with the status 74`() throws {
        let full = unsafe open("/dev/full", O_WRONLY)
        try #require(full >= 0)
        defer { close(full) }
        let sink = OutputSink(descriptor: full)
        try sink.write("a")
        let failure = try #require(#expect(throws: Failure.self) { try sink.finish() })
        #expect(failure.status == .inputOutput)
    }

    @Test func `every format tells a full disk`() throws {
        let full = unsafe open("/dev/full", O_WRONLY)
        try #require(full >= 0)
        defer { close(full) }
        for format in OutputFormat.allCases {
            let listing = Listing(columns: [Column("a", "A")], rows: [[.int(1)]])
            let presentation = Presentation.plain(zone: try OutputFixture.newYork.get())
            let failure = #expect(throws: Failure.self, "\(format)") {
                let sink = OutputSink(descriptor: full)
                let console = Console(quiet: true)
                try listing.write(as: format, to: sink, presentation: presentation, console: console, whenEmpty: "")
                try sink.finish()
            }
            #expect(failure?.status == .inputOutput)
        }
    }

    @Test func `a reader that has gone is no failure to report`() throws {
        // The test's process must not be ended by the signal either.
        ReaderGone.becomesAnError()
        var ends: [Int32] = [0, 0]
        try #require(unsafe pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        let sink = OutputSink(descriptor: ends[1])
        try sink.write("a")
        #expect(throws: ReaderGone.self) { try sink.finish() }
        #expect(ReaderGone.exitCode == 141)
    }

    @Test func `a pipe that does not wait by itself loses nothing`() throws {
        var ends: [Int32] = [0, 0]
        try #require(unsafe pipe(&ends) == 0)
        let (input, output) = (ends[0], ends[1])
        try #require(fcntl(output, F_SETFL, O_NONBLOCK) == 0)
        let counter = PipeCounter(input)
        let outcome = Result {
            let sink = OutputSink(descriptor: output)
            for _ in 0..<1_000 { try sink.write([UInt8](repeating: 1, count: 1_000)) }
            try sink.finish()
        }
        // Before anything may fail, for the reader waits for this end.
        close(output)
        #expect(counter.total() == 1_000_000)
        try outcome.get()
        close(input)
    }
}

/// Counts the bytes of a pipe on a thread of its own: a task could wait for ever for the threads that writers block.
private final class PipeCounter: Sendable {
    private let count = Mutex(0)
    private let isDone = DispatchSemaphore(value: 0)

    init(_ descriptor: Int32) {
        Thread.detachNewThread { [self] in
            var block = [UInt8](repeating: 0, count: 5_000)
            while true {
                let count = unsafe block.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
                guard count > 0 else { break }
                self.count.withLock { $0 += count }
            }
            isDone.signal()
        }
    }

    /// How many bytes were written, once the writing end is closed.
    func total() -> Int {
        isDone.wait()
        return count.withLock(\.self)
    }
}
