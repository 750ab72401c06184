internal import CSodium
internal import CivilTime
internal import CrisisCare

/// Computes the hashes of entries one after the other, in one piece of memory for all of them.
///
/// An entry's hash is BLAKE2b-256 over the hash before it and the entry's fields, each text with its length.
struct AuditHasher: Sendable {
    /// Bytes of a hash.
    static let hashBytes = 32
    /// Room for most entries at once; arbitrary.
    private static let usualBytes = 512

    /// What is hashed of the entry at hand.
    private var bytes: [UInt8] = []

    /// What the hash of an entry is at its place in the chain.
    mutating func hash(of entry: AuditEntry, sequence: Int64, after hash: [UInt8]) -> [UInt8] {
        bytes.removeAll(keepingCapacity: true)
        bytes.reserveCapacity(Self.usualBytes)
        bytes += hash
        put(sequence)
        put(entry.at.seconds)
        put(entry.command)
        put(entry.actor?.value)
        put(entry.login)
        put(entry.osUser)
        put(entry.action)
        put(entry.outcome)
        put(entry.episode?.value)
        put(entry.record)
        put(entry.detail)
        put(entry.programVersion)
        var result = [UInt8](repeating: 0, count: Self.hashBytes)
        // libsodium fails only for lengths outside its bounds, and 32 is within them.
        _ = unsafe crypto_generichash(&result, Self.hashBytes, bytes, UInt64(bytes.count), nil, 0)
        return result
    }

    /// The same for one entry alone.
    static func hash(of entry: AuditEntry, sequence: Int64, after hash: [UInt8]) -> [UInt8] {
        var hasher = AuditHasher()
        return hasher.hash(of: entry, sequence: sequence, after: hash)
    }

    /// The low byte first.
    private mutating func put(_ number: Int64) {
        unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    private mutating func put(_ number: Int64?) {
        bytes.append(number == nil ? 0 : 1)
        if let number { put(number) }
    }

    private mutating func put(_ text: String) {
        var text = text
        text.withUTF8 { characters in
            put(Int64(characters.count))
            unsafe bytes.append(contentsOf: characters)
        }
    }
}
