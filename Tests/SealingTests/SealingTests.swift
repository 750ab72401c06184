import Foundation
import Sealing
import Testing

/// One after the other: some measure the memory of the process.
@Suite(.serialized)
enum EverySealingTest {}

extension EverySealingTest {
    struct SealingTests {
        @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
        func `what was sealed opens again, whatever its length`(count: Int) throws {
            let text = Bytes.random(count, seed: UInt64(count))
            let sealed = try Bytes.seal(text)
            // One header, and 17 bytes for each chunk, of which an empty file has one too.
            #expect(sealed.count == 76 + count + 17 * max(1, (count + 65_535) / 65_536))
            #expect(try Bytes.open(sealed) == text)
        }

        @Test func `bytes may come and go in pieces of any size`() throws {
            let text = Bytes.random(150_000, seed: 7)
            for piece in [1, 1000, 65_536, 100_000] {
                let sealed = try Bytes.seal(text, piece: piece)
                #expect(try Bytes.open(sealed, piece: piece) == text)
            }
        }

        @Test func `two files of the same bytes and passphrase have nothing in common but their form`() throws {
            let text = [UInt8](repeating: 0, count: 1000)
            let first = try Bytes.seal(text)
            let second = try Bytes.seal(text)
            #expect(first[..<20] == second[..<20])
            #expect(first[20...] != second[20...])
            #expect(Set(first[76..<1076]).count > 200)
        }

        @Test func `a wrong passphrase is refused before anything is opened`() throws {
            let sealed = try Bytes.seal([1, 2, 3])
            for wrong in ["correct horse batter", "correct horse battery ", "Correct horse battery", ""] {
                #expect(Bytes.failure(sealed, passphrase: wrong) == .wrongPassphraseOrDamaged)
            }
        }

        @Test func `the bytes of a passphrase are wiped where they came from`() throws {
            var bytes = Array("secret".utf8)
            _ = try Passphrase(taking: &bytes)
            #expect(bytes == [])
        }

        @Test func `the standard cost opens too`() throws {
            let sealed = try Bytes.seal([1, 2, 3], cost: .standard)
            #expect(try Bytes.open(sealed) == [1, 2, 3])
        }
    }
}
