import Foundation
import Sealing
import Testing

extension EverySealingTest {
    /// What was altered after sealing is refused, wherever and however.
    struct DamageTests {
        private static let header = 76
        private static let chunk = 65_536 + 17

        /// Two full chunks and a part of a third.
        private static let text = Bytes.random(140_000, seed: 11)

        @Test func `a file with a flipped bit is refused, at every 100th byte`() throws {
            let sealed = try Bytes.seal(Self.text)
            // Every byte of the header, and every 100th of the rest.
            for place in Array(0..<Self.header) + Array(stride(from: Self.header, to: sealed.count, by: 100)) {
                var altered = sealed
                altered[place] ^= 1 << (place % 8)
                let failure = try #require(Bytes.failure(altered), "byte \(place) was taken")
                if place >= Self.header { #expect(failure == .damaged, "byte \(place)") }
            }
        }

        @Test func `a file that was cut short is refused, at every 100th byte`() throws {
            let sealed = try Bytes.seal(Self.text)
            let chunkEnds = [Self.header, Self.header + Self.chunk, Self.header + 2 * Self.chunk]
            let everyHundredth = Array(stride(from: 100, to: sealed.count, by: 100))
            for count in Array(0..<Self.header) + chunkEnds + everyHundredth + [sealed.count - 1] {
                let failure = try #require(Bytes.failure(Array(sealed[..<count])), "\(count) bytes were taken")
                #expect(failure == (count < 8 ? .notSealed : .damaged), "\(count) bytes")
            }
        }

        @Test func `a file with something behind its end is refused`() throws {
            let sealed = try Bytes.seal(Self.text)
            #expect(Bytes.failure(sealed + [0]) == .damaged)
            #expect(Bytes.failure(sealed + sealed) == .damaged)
            // The last chunk is as long as a chunk can be.
            let full = try Bytes.seal([UInt8](repeating: 0, count: 65_536))
            #expect(Bytes.failure(full + [0]) == .damaged)
            #expect(Bytes.failure(full + full[Self.header...]) == .damaged)
        }

        @Test func `chunks in another order, left out or doubled are refused`() throws {
            let sealed = try Bytes.seal(Self.text)
            let starts = [Self.header, Self.header + Self.chunk, Self.header + 2 * Self.chunk, sealed.count]
            let chunks = (0..<3).map { Array(sealed[starts[$0]..<starts[$0 + 1]]) }
            func file(_ order: [Int]) -> [UInt8] {
                order.reduce(into: Array(sealed[..<Self.header])) { $0 += chunks[$1] }
            }
            #expect(try Bytes.open(file([0, 1, 2])) == Self.text)
            for order in [[1, 0, 2], [0, 2], [1, 2], [2], [0, 0, 1, 2], [0, 1, 1, 2], [0, 1, 2, 2], [2, 0, 1]] {
                #expect(Bytes.failure(file(order)) == .damaged)
            }
        }

        @Test func `chunks of another file under the same passphrase are refused`() throws {
            let one = try Bytes.seal(Self.text)
            let other = try Bytes.seal(Self.text)
            #expect(Bytes.failure(Array(one[..<Self.header] + other[Self.header...])) == .damaged)
            let middle = Self.header + Self.chunk
            #expect(Bytes.failure(Array(one[..<middle] + other[middle...])) == .damaged)
        }

        @Test func `what happened before the damage is handed out, and the end never`() throws {
            var sealed = try Bytes.seal(Self.text)
            sealed[sealed.count - 1] ^= 1
            let reader = try Bytes.reader(sealed)
            #expect(try reader.next() == Array(Self.text[..<65_536]))
            #expect(try reader.next() == Array(Self.text[65_536..<131_072]))
            #expect(throws: SealingError.damaged) { try reader.next() }
        }

        @Test func `a file that was never sealed is told apart`() {
            #expect(Bytes.failure([]) == .notSealed)
            #expect(Bytes.failure(Array("SQLite format 3\0".utf8)) == .notSealed)
            #expect(Bytes.failure(Array("FLUPSEAM".utf8) + [UInt8](repeating: 1, count: 100)) == .notSealed)
            #expect(Bytes.failure(Array("FLUPSEA".utf8)) == .notSealed)
            #expect(Bytes.failure(Array("FLUPSEAL".utf8)) == .damaged)
        }

        @Test func `a file of a later version says so`() throws {
            var sealed = try Bytes.seal([1])
            sealed[8] = 2
            #expect(Bytes.failure(sealed) == .newerThanProgram)
            sealed[8] = 1
            sealed[11] = 1
            #expect(Bytes.failure(sealed) == .newerThanProgram)
        }

        @Test(arguments: [
            (passes: UInt32(0), memory: UInt32(8)), (9, 8), (.max, 8), (1, 0), (1, 7), (1, (512 << 10) + 1), (1, .max),
        ])
        func `a file that asks for too much memory or time is refused before any is spent`(
            passes: UInt32,
            memory: UInt32
        ) throws {
            var sealed = try Bytes.seal([1])
            for byte in 0..<4 {
                sealed[12 + byte] = UInt8(truncatingIfNeeded: passes >> UInt32(8 * byte))
                sealed[16 + byte] = UInt8(truncatingIfNeeded: memory >> UInt32(8 * byte))
            }
            let peak = try Bytes.memoryPeak { #expect(Bytes.failure(sealed) == .excessiveCost) }
            #expect(peak < 32 << 20)
        }

        @Test func `an altered cost within the limits does not open the file either`() throws {
            var sealed = try Bytes.seal([1])
            sealed[12] = 2
            #expect(Bytes.failure(sealed) == .wrongPassphraseOrDamaged)
        }

        @Test func `messages name no byte of the passphrase or of the file`() {
            for error in [
                SealingError.notSealed, .newerThanProgram, .excessiveCost, .wrongPassphraseOrDamaged, .damaged,
                .outOfMemory, .unavailable,
            ] {
                #expect(error.description.hasSuffix("."))
                #expect(!error.description.contains(Bytes.passphrase))
            }
        }
    }
}
