internal import CrisisCare
internal import SQLite
internal import Storage

/// Looks whether a client who was merged into another still has a case of its own.
enum MergeInspection {
    static func finding(in db: borrowing Access<SQLite.Reading>) throws -> Finding {
        let misplaced = try ClientMergeStore.misplacedCases(in: db)
        guard let first = misplaced.first else {
            return Finding("merges", .ok, "every case belongs to a client who stands by itself")
        }
        return Finding(
            "merges",
            .error,
            "\(misplaced.count) cases belong to a merged client, the first is \(first.description)",
            remedy: "Give them to the client who was kept: followup episode amend CASE --client REF --reason TEXT."
        )
    }
}
