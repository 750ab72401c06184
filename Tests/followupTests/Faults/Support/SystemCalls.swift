import Foundation
import Testing

/// The program under strace(1): which system calls it makes, and what happens when one of them goes wrong.
enum SystemCalls {
    /// What ends on the disk, or says so to a person.
    static let writing = [
        "pwrite64", "write", "fdatasync", "fsync", "ftruncate", "rename", "link", "linkat", "unlink", "unlinkat",
    ]

    static let canTrace: Bool = {
        let program = "/usr/bin/strace"
        guard FileManager.default.isExecutableFile(atPath: program) else { return false }
        // Containers may have the program and still forbid what it needs.
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = [
            "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=fsync", "-e", "inject=fsync:error=EIO:when=1",
            "/bin/true",
        ]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    static let skipped: Comment = "SKIPPED: strace is not installed, or may not trace here"

    /// The words that start a program so that its `number`th call of `name` gets a fault; with `onwards` those after it
    /// too; with a path only the calls that concern it count.
    static func injecting(
        _ fault: String,
        into name: String,
        number: Int,
        onwards: Bool = false,
        path: String? = nil
    ) -> [String] {
        [
            "/usr/bin/strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=" + name, "-e",
            "inject=\(name):\(fault):when=\(number)\(onwards ? "+" : "")",
        ] + (path.map { ["-P", $0] } ?? [])
    }

    /// The writing calls of one clean run, in order, as strace prints them.
    static func trace(_ agency: TestAgency, _ words: [String], as login: String) throws -> [String] {
        let file = agency.home + "/trace"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let strace = [
            "/usr/bin/strace", "-f", "--seccomp-bpf", "-y", "-s", "0", "-o", file, "-e",
            "trace=" + writing.joined(separator: ","),
        ]
        let result = try agency.start(words, as: login, under: strace).wait()
        try #require(result.status == 0, "\(result.stderr)")
        return try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map { line in
            // In front stands the number of the process.
            String(line.drop { $0.isNumber || $0 == " " })
        }
    }

    /// A call to break: the `number`th of its name, from 1.
    struct Point: CustomTestStringConvertible {
        let name: String
        let number: Int
        var testDescription: String { "\(name) \(number)" }
    }

    /// About so many points, at even distances over a run: the first and the last of each call, and all of a rare one.
    ///
    /// What the thread sanitizer writes before the program begins counts, and is not broken: a file of its own.
    static func points(of trace: [String], atMost limit: Int) -> [Point] {
        var counts: [String: Int] = [:]
        var sanitizers: [String: Int] = [:]
        for line in trace {
            guard let end = line.firstIndex(of: "("), writing.contains(String(line[..<end])) else { continue }
            let name = String(line[..<end])
            counts[name, default: 0] += 1
            if line.contains("/tsan.rodata.") { sanitizers[name] = counts[name] }
        }
        let step = max(1, (counts.values.reduce(0, +) + limit - 1) / limit)
        return counts.sorted { $0.key < $1.key }.flatMap { name, count in
            let first = (sanitizers[name] ?? 0) + 1
            guard first <= count else { return [Point]() }
            let own = count - first + 1
            return Set([first, count] + Array(stride(from: first, through: count, by: own <= 4 ? 1 : step))).sorted()
                .map { Point(name: name, number: $0) }
        }
    }
}
