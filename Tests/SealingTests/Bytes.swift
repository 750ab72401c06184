import Foundation
import Sealing

/// Bytes to seal, and what becomes of them.
enum Bytes {
    static let passphrase = "correct horse battery"
    /// The least that Argon2 takes, so that the tests do not spend a second on each file.
    static let cheap = SealCost(passes: 1, memoryKilobytes: 8)

    static func secret(_ text: String = passphrase) throws -> Passphrase {
        var bytes = Array(text.utf8)
        return try Passphrase(taking: &bytes)
    }

    static func seal(_ text: [UInt8], piece: Int = .max, cost: SealCost = cheap) throws -> [UInt8] {
        var sealed: [UInt8] = []
        let writer = try SealedWriter(secret(), cost: cost) { sealed += $0 }
        var rest = text[...]
        while !rest.isEmpty {
            try writer.write(Array(rest.prefix(piece)))
            rest = rest.dropFirst(piece)
        }
        try writer.finish()
        return sealed
    }

    static func reader(
        _ sealed: [UInt8],
        passphrase: String = passphrase,
        piece: Int = .max
    ) throws -> SealedReader {
        var rest = sealed[...]
        return try SealedReader(secret(passphrase)) { most in
            let taken = rest.prefix(min(most, piece))
            rest = rest.dropFirst(taken.count)
            return Array(taken)
        }
    }

    static func open(_ sealed: [UInt8], passphrase: String = passphrase, piece: Int = .max) throws -> [UInt8] {
        let reader = try reader(sealed, passphrase: passphrase, piece: piece)
        var text: [UInt8] = []
        while let chunk = try reader.next() { text += chunk }
        return text
    }

    /// Why bytes do not open; nil when they do.
    static func failure(_ sealed: [UInt8], passphrase: String = passphrase) -> SealingError? {
        do {
            _ = try open(sealed, passphrase: passphrase)
            return nil
        } catch {
            return error as? SealingError
        }
    }

    /// Bytes that a seed gives.
    static func random(_ count: Int, seed: UInt64) -> [UInt8] {
        var state = seed
        return (0..<count).map { _ in
            // The constants are Knuth's, of a linear congruence over 64 bits.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        }
    }

    /// The most memory that this process held during `body`, beyond what it held before, in bytes.
    static func memoryPeak(during body: () throws -> Void) throws -> Int {
        // Makes the kernel forget the peak so far; man 5 proc.
        try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
        let before = memoryPeak()
        try body()
        return memoryPeak() - before
    }

    private static func memoryPeak() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kilobytes = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
        return (kilobytes ?? 0) << 10
    }

    /// Made outside this program, by libsodium and BLAKE2b as the format is written down.
    static let sealedOnce = """
        RkxVUFNFQUwBAAAAAQAAAAgAAAAAAQIDBAUGBwgJCgsMDQ4PuCVvNzqV5aIVyxA4Q/7m4JC3aHj1tUBjTuxnQpdC36\
        Y4WPWvRvi+JbO44v3OzLDeMLyT2pKGspbT9R1/15O3YYk4exyDsSCL
        """
}
