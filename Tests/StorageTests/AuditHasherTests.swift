import CivilTime
import CrisisCare
import Storage
import Testing

/// The hashes of the audit, which have to be the same for ever.
struct AuditHasherTests {
    /// The hashes were computed by Python's hashlib: BLAKE2b of 32 bytes over the hash before, then number, time,
    /// command, actor, login, system user, action, outcome, case, record, detail and version: numbers as 8 bytes, the low
    /// one first, behind a byte 0 or 1 where there may be none; texts in UTF-8 behind their length.
    @Test func `an entry's hash is BLAKE2b over the hash before it and its fields`() {
        var chain = AuditChain.empty
        chain.advance(
            over: AuditEntry(
                at: Instant(seconds: 1_763_650_000),
                actor: StaffID(7),
                login: "casey",
                osUser: "tester",
                action: "visit log",
                outcome: "begun",
                programVersion: "1.0"
            )
        )
        #expect(hexadecimal(chain.hash) == "f29c97b2a0c75e3b78fd0ab55a08660c39264f991538911f568f2090e7be7417")
        chain.advance(
            over: AuditEntry(
                at: Instant(seconds: -1),
                command: 1,
                actor: StaffID(7),
                login: "casey",
                osUser: "tester",
                action: "visit log",
                outcome: "done",
                episode: EpisodeID(1 << 62),
                record: 0x0102_0304_0506_0708,
                detail: "{\"override\":[null,\"Sofía\"]}",
                programVersion: "1.0"
            )
        )
        #expect(hexadecimal(chain.hash) == "ac462ae71f68269b40fd0527378b30351c17476a6b0b95a7ebbad21929ec53f4")
        #expect(chain.sequence == 2)
    }

    @Test func `two chains that went on from one end do not disturb each other`() {
        func entry(_ login: String) -> AuditEntry {
            AuditEntry(
                at: Instant(seconds: 10),
                actor: nil,
                login: login,
                osUser: "tester",
                action: "overdue",
                outcome: "done",
                programVersion: "test"
            )
        }
        var one = AuditChain.empty
        one.advance(over: entry("casey"))
        var other = one
        one.advance(over: entry("somebody with a long name"))
        other.advance(over: entry("kim"))
        var alone = AuditChain.empty
        for login in ["casey", "kim"] { alone.advance(over: entry(login)) }
        #expect(other == alone)
        #expect(one != other && one.sequence == other.sequence)
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
