package import SQLite

/// Whether the audit is what was written, and where it ends.
package struct AuditVerification: Sendable {
    package private(set) var entries: Int64 = 0
    /// Where the chain ends; noted elsewhere, it proves later that nothing before it was touched.
    package private(set) var head = AuditChain.empty
    package private(set) var damages: [AuditDamage] = []
    /// The entry whose hash is the one that was looked for.
    package private(set) var noted: Int64?
    private var suspects: [AuditSuspect] = []

    /// No entry was changed, removed, inserted or moved, as far as those that are left can tell.
    package var isWhole: Bool { damages.isEmpty }

    /// Reads the whole audit and computes every hash again.
    ///
    /// - Parameter noted: the hash of an earlier head; every entry up to the one that bears it is as it was then.
    package init<Mode>(of db: borrowing Access<Mode>, lookingFor noted: [UInt8]? = nil) throws {
        AuditChain.prepareForMany()
        var hasher = AuditHasher()
        var before = [AuditChain.empty.hash]
        var computedBefore = AuditChain.empty.hash
        try AuditStore.forEach(in: db) { stored in
            let computed = hasher.hash(of: stored.entry, sequence: stored.sequence, after: before[0])
            if stored.sequence != head.sequence + 1 {
                // The entry behind a gap cannot follow from the one before it; the gap says so.
                damages.append(.removed(head.sequence + 1...stored.sequence - 1))
            } else if computed != stored.hash, suspects.count < AuditSuspect.most {
                suspects.append(AuditSuspect(stored, before: before, computedBefore: computedBefore))
            }
            if stored.hash == noted { self.noted = stored.sequence }
            entries += 1
            head = AuditChain(sequence: stored.sequence, hash: stored.hash)
            before = [stored.hash, before[0]]
            computedBefore = computed
        }
        damages += AuditDiagnosis.damages(suspects)
        damages.sort { $0.sequence < $1.sequence }
    }
}

/// An entry whose hash does not follow from the entry before it.
struct AuditSuspect {
    /// As many are looked at more closely; one that was taken out or put in makes suspects of all behind it.
    static let most = 64

    let stored: StoredAuditEntry
    /// The stored hashes of the entry before it and, if there is one, of the one before that.
    let before: [[UInt8]]
    /// What the hash of the entry before it should be.
    let computedBefore: [UInt8]

    init(_ stored: StoredAuditEntry, before: [[UInt8]], computedBefore: [UInt8]) {
        self.stored = stored
        self.before = before
        self.computedBefore = computedBefore
    }

    var sequence: Int64 { stored.sequence }

    /// Whether the entry was written with this number behind an entry with this hash.
    func wasWritten(as sequence: Int64, after hash: [UInt8]) -> Bool {
        sequence > 0 && AuditHasher.hash(of: stored.entry, sequence: sequence, after: hash) == stored.hash
    }
}
