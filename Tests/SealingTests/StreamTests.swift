import Foundation
import Sealing
import Testing

extension EverySealingTest {
    struct StreamTests {
        @Test func `a large file is sealed and opened in the memory of a few chunks`() throws {
            let text = [UInt8](repeating: 65, count: 1 << 20)
            // 64 MB through a pipe of chunks: what is sealed is opened at once, and nothing is kept.
            var sealed: [UInt8] = []
            var total = 0
            let peak = try Bytes.memoryPeak {
                let writer = try SealedWriter(Bytes.secret(), cost: Bytes.cheap) { sealed += $0 }
                let reader = try SealedReader(Bytes.secret()) { most in
                    let taken = Array(sealed.prefix(most))
                    sealed.removeFirst(taken.count)
                    return taken
                }
                for _ in 0..<64 {
                    try writer.write(text)
                    // Only while a whole chunk is there, so that the reader does not take the pause for the end.
                    while sealed.count >= 65_536 + 17, let chunk = try reader.next() { total += chunk.count }
                }
                try writer.finish()
                while let chunk = try reader.next() { total += chunk.count }
            }
            #expect(total == 64 << 20)
            #expect(peak < 32 << 20)
        }

        @Test func `an error of the output passes through, and no error hides it`() throws {
            struct Full: Error {}
            let writer = try SealedWriter(Bytes.secret(), cost: Bytes.cheap) { bytes in
                // The header fits, the first chunk does not.
                if bytes.count > 1000 { throw Full() }
            }
            #expect(throws: Full.self) { try writer.write([UInt8](repeating: 0, count: 70_000)) }
        }

        @Test func `an error of the input passes through`() throws {
            struct Gone: Error {}
            #expect(throws: Gone.self) { _ = try SealedReader(Bytes.secret()) { _ in throw Gone() } }
        }

        @Test func `without its end a file is refused`() throws {
            for count in [0, 10, 65_536, 65_537] {
                var sealed: [UInt8] = []
                let writer = try SealedWriter(Bytes.secret(), cost: Bytes.cheap) { sealed += $0 }
                try writer.write([UInt8](repeating: 0, count: count))
                #expect(Bytes.failure(sealed) == .damaged)
            }
        }

        @Test func `sealed by this version, a file opens with every later one`() throws {
            let sealed = try #require(Data(base64Encoded: Bytes.sealedOnce).map { [UInt8]($0) })
            #expect(try Bytes.open(sealed) == Array("kept for years\n".utf8))
        }
    }
}
