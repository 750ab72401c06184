package import CrisisCare
package import Storage

/// How a caseload is brought in.
package struct ImportOptions: Sendable {
    /// Sites and staff that are not known are made, as by an administrator, who has to be one.
    package var createsMissing = false
    /// Cases that are already in the database are passed over instead of refused.
    package var skipsExisting = false
    /// What a rule refuses is left out and the rest kept, instead of keeping nothing.
    package var skipsRejected = false
    package var isDryRun = false

    package init() {}
}

/// A row that was not taken, and why. Holds no cell of it.
package struct RowRefusal: Sendable {
    package let file: CaseloadFile
    package let line: Int
    package let rule: Rule
    package let reason: String
    /// A value that cannot be read or is on no list, rather than a rule of the practice.
    package var isBadValue: Bool { rule == .badValue }

    package var description: String {
        "\(file.name) line \(line): refused [\(rule.rawValue)]: \(reason)"
    }
}

/// What hears of an import while it runs.
package struct ImportListener {
    /// What is being done, in this order.
    package enum Phase: Sendable {
        /// Bytes of the files.
        case reading
        /// Rows.
        case applying
        /// The new clients of so many birth dates.
        case comparingClients
        /// Words of the new clients' names.
        case storingNames
        /// What was brought, for good; not counted. One that keeps nothing never comes so far.
        case saving
    }

    /// How far a phase is, of all that it has.
    package var progress: (Phase, Int, Int) -> Void
    /// A row that was not taken, with its cells, for a file of rejects.
    package var rejected: (CaseloadRow, RowRefusal) throws -> Void
    /// Called when every row was looked at and before anything is kept.
    package var finished: () throws -> Void

    package init(
        progress: @escaping (Phase, Int, Int) -> Void = { _, _, _ in },
        rejected: @escaping (CaseloadRow, RowRefusal) throws -> Void = { _, _ in },
        finished: @escaping () throws -> Void = {}
    ) {
        self.progress = progress
        self.rejected = rejected
        self.finished = finished
    }
}
