import Sealing

/// A sealed file gives back what was sealed, all of it, or is refused.
///
/// The first byte chooses: the rest is the file itself; or edits of a file that was sealed with the right passphrase;
/// or what is to be sealed.
enum SealedTarget {
    private static let cost = SealCost(passes: 1, memoryKilobytes: 8)
    /// Two full chunks: what follows the last one is not read together with it.
    private static let content: [UInt8] = (0..<131_072).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    private static let sealed = seal(content)
    /// Key derivation that takes more would make the inputs few.
    private static let mostKilobytes = 1_024

    static func test(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let rest = Array(input.dropFirst())
        switch choice % 3 {
        case 0:
            guard isCheap(rest) else { return }
            require(open(rest) == nil, "nobody but the program seals")
        case 1:
            var file = sealed
            Edits.apply(rest, to: &file)
            guard isCheap(file) else { return }
            let opened = open(file)
            require(opened == nil || opened == content && file == sealed, "an edited file is refused")
        default:
            require(open(seal(rest)) == rest, "what was sealed is opened")
        }
    }

    private static func isCheap(_ file: [UInt8]) -> Bool {
        guard file.count >= 20 else { return true }
        func number(at place: Int) -> Int {
            (0..<4).reduce(0) { $0 | Int(file[place + $1]) << (8 * $1) }
        }
        let passes = number(at: 12)
        let kilobytes = number(at: 16)
        // What is beyond the ceiling is refused before a key is made of it.
        return passes > 8 || kilobytes > 512 << 10 || passes <= 2 && kilobytes <= mostKilobytes
    }

    private static func passphrase() -> Passphrase {
        certain("a passphrase") {
            var bytes = Array("a passphrase of a test".utf8)
            return try Passphrase(taking: &bytes)
        }
    }

    private static func seal(_ bytes: [UInt8]) -> [UInt8] {
        certain("sealing") {
            var sealed: [UInt8] = []
            let writer = try SealedWriter(passphrase(), cost: cost) { sealed += $0 }
            try writer.write(bytes)
            try writer.finish()
            return sealed
        }
    }

    private static func open(_ file: [UInt8]) -> [UInt8]? {
        var rest = file[...]
        do {
            let reader = try SealedReader(passphrase()) { most in
                let bytes = Array(rest.prefix(most))
                rest = rest.dropFirst(bytes.count)
                return bytes
            }
            var opened: [UInt8] = []
            while let bytes = try reader.next() { opened += bytes }
            return opened
        } catch {
            requireTellsNothing(error)
            require(error is SealingError, "an error of its own")
            return nil
        }
    }
}
