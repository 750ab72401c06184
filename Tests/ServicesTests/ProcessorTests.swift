import Foundation
import Services
import Testing

/// A second thread is worth it where there is a processor for it.
struct ProcessorTests {
    private func output(_ words: [String]) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: words[0])
        process.arguments = Array(words.dropFirst())
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return Array(data)
    }

    @Test func `as many processors count as the process may use`() throws {
        let nproc = String(decoding: try output(["/usr/bin/nproc"]), as: UTF8.self)
        #expect(Processors.available == Int(nproc.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    @Test func `a process that is kept to one processor has one`() throws {
        let all = String(decoding: try output(["/bin/cat", "/proc/self/status"]), as: UTF8.self)
        let list = try #require(all.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") })
        let first = String(list.split(separator: "\t")[1].prefix { $0.isNumber })
        let kept = try output(["/usr/bin/taskset", "-c", first, "/bin/cat", "/proc/self/status"])
        #expect(Processors.allowed(kept) == 1)
    }

    @Test(arguments: [
        ("Name:\tx\nCpus_allowed:\tff\nCpus_allowed_list:\t0-7\n", 8),
        ("Cpus_allowed:\t00000001,80000000,00000003\n", 4), ("Cpus_allowed:\t00000000\n", nil), ("Name:\tx\n", nil),
        ("", nil),
    ])
    func `a set of processors is read in whichever form the kernel writes it`(status: String, count: Int?) {
        #expect(Processors.allowed(Array(status.utf8)) == count)
    }
}
