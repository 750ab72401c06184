package import Storage

/// What an import did, in counts.
package struct ImportSummary: Sendable {
    package enum Fate: String, CaseIterable, Sendable {
        case kept
        case skipped
        case refused
    }

    /// What was accepted that a person's entry would not be.
    package enum Relaxation: String, CaseIterable, Sendable {
        case closingGate = "discharge without the closing gate"
        case caregiverContact = "caregiver contact in minor-consented care"
        case referralStart = "referral without its first steps"
    }

    /// Two clients of near names and the same birth date, by their references.
    package struct NearPair: Sendable {
        package let new: String
        package let known: String
    }

    package internal(set) var rows: [CaseloadFile: [Fate: Int]] = [:]
    package internal(set) var relaxations: [Relaxation: Int] = [:]
    package internal(set) var newClients = 0
    package internal(set) var newSites: [String] = []
    package internal(set) var newLogins: [String] = []
    package internal(set) var possibleDuplicates: [NearPair] = []
    /// The first refusals; their number is in `rows`.
    package internal(set) var refusals: [RowRefusal] = []
    /// Sites and logins that are not known, all of them.
    package internal(set) var unknownSites: Set<String> = []
    package internal(set) var unknownLogins: Set<String> = []
    package internal(set) var hasBadValues = false

    /// Refusals that are kept to be shown; a file of rejects has them all. Arbitrary.
    private static let refusalsKept = 50

    package func count(_ fate: Fate, of file: CaseloadFile) -> Int {
        rows[file]?[fate] ?? 0
    }

    package func count(_ fate: Fate) -> Int {
        CaseloadFile.allCases.reduce(0) { $0 + count(fate, of: $1) }
    }

    mutating func add(_ fate: Fate, _ file: CaseloadFile, _ count: Int = 1) {
        rows[file, default: [:]][fate, default: 0] += count
    }

    mutating func add(_ refusal: RowRefusal) {
        add(.refused, refusal.file)
        if refusals.count < Self.refusalsKept { refusals.append(refusal) }
        if refusal.isBadValue { hasBadValues = true }
    }
}

/// Rows were refused, so nothing of the import was kept.
package struct ImportRefused: Error {
    package let summary: ImportSummary
}
