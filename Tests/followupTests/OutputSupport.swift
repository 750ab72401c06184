import CivilTime
import Foundation
import Testing

@testable import followup

/// What the tests of the output share.
enum OutputFixture {
    /// A folder of the test's own, removed with everything in it.
    static func inTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "followup-output-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }

    /// Everything that the body writes to the descriptor it is given.
    static func written(_ body: (Int32) throws -> Void) throws -> String {
        try inTemporaryFolder { folder in
            let path = folder + "/written"
            let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
            try #require(descriptor >= 0)
            defer { close(descriptor) }
            try body(descriptor)
            return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        }
    }

    /// Generator with a seed, so that a failure can be repeated (SplitMix64).
    struct Generator: RandomNumberGenerator {
        private var state: UInt64

        init(seed: UInt64) { state = seed }

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    /// Scalars that are likely to break something, and some that are not.
    static func troublesomeText(using generator: inout Generator) -> String {
        let ranges: [ClosedRange<UInt32>] = [
            0...0x1F, 0x20...0x7E, 0x20...0x7E, 0x7F...0xFF, 0x300...0x36F, 0x600...0x6FF, 0x2000...0x206F,
            0x3040...0x30FF,
            0x4E00...0x9FFF, 0xFE00...0xFEFF, 0x1F300...0x1FAFF, 0xE0000...0xE01EF,
        ]
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
            let range = ranges[Int.random(in: ranges.indices, using: &generator)]
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) { scalars.append(scalar) }
        }
        return String(scalars)
    }

    static let newYork = Result { try Zone(named: "America/New_York") }

    /// 2026-11-20T14:05:00-05:00.
    static let afternoon = Instant(seconds: 1_795_201_500)
}
