internal import CSodium

/// The beginning of a sealed file, 76 bytes; numbers have their lowest byte first.
///
///     8  "FLUPSEAL"
///     4  version of the format, 1
///     4  passes of Argon2id
///     4  its memory in kB
///    16  its salt
///    24  the header of the stream
///    16  BLAKE2b of all that, keyed with the passphrase's second key
struct SealHeader: Equatable {
    static let magic = Array("FLUPSEAL".utf8)
    static let version: UInt32 = 1
    static let saltBytes = 16
    static let streamBytes = 24
    static let tagBytes = 16
    /// What the tag is made of.
    static let signedBytes = 8 + 4 + 4 + 4 + saltBytes + streamBytes
    static let bytes = signedBytes + tagBytes

    var cost: SealCost
    var salt: [UInt8]
    var stream: [UInt8]

    /// The header without its tag.
    var signed: [UInt8] {
        Self.magic + Self.bytes(of: Self.version) + Self.bytes(of: cost.passes)
            + Self.bytes(of: cost.memoryKilobytes) + salt + stream
    }
}

extension SealHeader {
    /// Reads a header and what it asks for; its tag is the caller's to check, who has the passphrase.
    init(parsing bytes: [UInt8]) throws(SealingError) {
        guard bytes.starts(with: Self.magic) else { throw .notSealed }
        guard bytes.count == Self.bytes else { throw .damaged }
        guard Self.number(in: bytes, at: 8) <= Self.version else { throw .newerThanProgram }
        guard Self.number(in: bytes, at: 8) == Self.version else { throw .notSealed }
        cost = SealCost(passes: Self.number(in: bytes, at: 12), memoryKilobytes: Self.number(in: bytes, at: 16))
        salt = Array(bytes[20..<36])
        stream = Array(bytes[36..<60])
        guard cost.isAcceptable else { throw .excessiveCost }
    }

    private static func bytes(of number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
    }

    private static func number(in bytes: [UInt8], at place: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << (8 * UInt32($1)) }
    }
}
