internal import CSodium

/// The two keys that a passphrase and a salt give: one for the stream, one for the header's tag.
struct SealKeys {
    private static let keyBytes = 32
    private let secret: SecretBytes

    /// Takes the time and the memory that the cost says.
    init(_ passphrase: Passphrase, salt: [UInt8], _ cost: SealCost) throws(SealingError) {
        let secret = try SecretBytes(count: 2 * Self.keyBytes)
        let outcome = unsafe secret.withBytes { keys in
            unsafe passphrase.secret.withBytes { words in
                unsafe crypto_pwhash(
                    keys,
                    UInt64(secret.count),
                    words,
                    UInt64(passphrase.secret.count),
                    salt,
                    UInt64(cost.passes),
                    Int(cost.memoryKilobytes) << 10,
                    crypto_pwhash_alg_argon2id13()
                )
            }
        }
        // The lengths and the cost are within its bounds: only memory can be wanting.
        guard outcome == 0 else { throw .outOfMemory }
        self.secret = secret
    }

    /// Lends the stream's key.
    func withStreamKey<Result>(_ body: (UnsafeMutableRawPointer) -> Result) -> Result {
        unsafe secret.withBytes { unsafe body($0) }
    }

    /// The tag of a header: only who knows the passphrase can make it.
    func tag(of header: SealHeader) -> [UInt8] {
        let signed = header.signed
        var tag = [UInt8](repeating: 0, count: SealHeader.tagBytes)
        // libsodium fails only for lengths outside its bounds, and these are within them.
        _ = unsafe secret.withBytes { keys in
            unsafe crypto_generichash(
                &tag,
                tag.count,
                signed,
                UInt64(signed.count),
                keys.advanced(by: Self.keyBytes),
                Self.keyBytes
            )
        }
        return tag
    }

    /// Whether a header was made with these keys.
    func sign(_ header: SealHeader, as tag: [UInt8]) -> Bool {
        let expected = self.tag(of: header)
        guard tag.count == expected.count else { return false }
        return unsafe sodium_memcmp(expected, tag, tag.count) == 0
    }
}
