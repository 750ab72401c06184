internal import CrisisCare
internal import SQLite
internal import Storage

/// Which merges can be, and which can be undone.
enum MergeOrder {
    static func check(
        keeping kept: ClientRecord,
        _ duplicate: ClientRecord,
        in db: borrowing Access<Writing>
    ) throws {
        guard kept.id != duplicate.id else {
            throw RuleViolation(
                .clientMerge,
                "both references are of one client",
                remedy: "Name the client to keep first, then the duplicate."
            )
        }
        if let merge = try ClientMergeStore.merge(of: duplicate.id, in: db) {
            throw RuleViolation(
                .clientMerge,
                "the duplicate is already merged into \(try reference(merge.kept, in: db))",
                remedy:
                    "Nothing is left to do; to take it back: followup client merge --undo \(duplicate.clientRef) --reason WHY"
            )
        }
        if let merge = try ClientMergeStore.merge(of: kept.id, in: db) {
            let standing = try ClientMergeStore.standing(for: merge.kept, in: db)
            let ref = try reference(standing, in: db)
            throw RuleViolation(
                .clientMerge,
                "the client to keep is itself merged into \(ref)",
                remedy: standing == duplicate.id
                    ? "Nothing is left to do; to take it back: followup client merge --undo \(kept.clientRef) --reason WHY"
                    : "Merge into that one: followup client merge \(ref) \(duplicate.clientRef)"
            )
        }
    }

    static func mergeToUndo(
        of duplicate: ClientRecord,
        in db: borrowing Access<Writing>
    ) throws -> ClientMergeRecord {
        guard let merge = try ClientMergeStore.merge(of: duplicate.id, in: db) else {
            throw RuleViolation(
                .clientMerge,
                "the client is not merged into another",
                remedy: "Name the duplicate; followup client show REF lists who is merged into a client."
            )
        }
        // Undone in another order, an episode could come back to one who is merged.
        if let outer = try ClientMergeStore.merge(of: merge.kept, in: db) {
            throw RuleViolation(
                .clientMerge,
                "the client who was kept is merged into \(try reference(outer.kept, in: db)) since",
                remedy: "Undo that first: followup client merge --undo \(try reference(merge.kept, in: db))"
            )
        }
        return merge
    }

    private static func reference(_ client: ClientID, in db: borrowing Access<Writing>) throws -> String {
        try ClientStore.find(client, in: db)?.clientRef ?? ""
    }
}
