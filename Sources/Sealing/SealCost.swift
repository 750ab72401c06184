internal import CSodium

/// What a guess at the passphrase costs: passes of Argon2id over so much memory.
package struct SealCost: Equatable, Sendable {
    package var passes: UInt32
    package var memoryKilobytes: UInt32

    package init(passes: UInt32, memoryKilobytes: UInt32) {
        self.passes = passes
        self.memoryKilobytes = memoryKilobytes
    }

    /// Three passes over 256 MB, under a second. Source: libsodium's `crypto_pwhash_*_MODERATE`, which it names for
    /// what is not opened at every turn.
    package static let standard = SealCost(passes: 3, memoryKilobytes: 256 << 10)

    /// A file that asks for more is refused: whoever made it wants to exhaust the machine. Arbitrary, twice the
    /// standard and a little more, so that a later version may raise it.
    static let ceiling = SealCost(passes: 8, memoryKilobytes: 512 << 10)

    /// Whether the program would spend it on a file that comes from elsewhere.
    var isAcceptable: Bool {
        passes >= 1 && passes <= Self.ceiling.passes
            // 8 kB is the least that Argon2 knows.
            && memoryKilobytes >= 8 && memoryKilobytes <= Self.ceiling.memoryKilobytes
    }
}
