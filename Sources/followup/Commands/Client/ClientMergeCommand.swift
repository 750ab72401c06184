internal import ArgumentParser
internal import CrisisCare
internal import Reports
internal import Services
internal import Storage

struct ClientMergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "merge",
        abstract: "Merges a client who was entered twice into the one who is kept, or undoes that; takes a supervisor.",
        discussion: """
            All cases of the duplicate move to the client who is kept, with all that belongs
            to them. The duplicate's row stays: its reference and its names find the kept
            client from then on. --undo puts back the cases that were moved; those opened
            since stay where they are.

            Example:
              followup client merge P7Q2K P9M4T --reason "same birth certificate"
              followup client merge --undo P9M4T --reason "two cousins of one name"
            """
    )

    @Argument(help: ArgumentHelp("The reference of the client to keep.", valueName: "keep-ref"))
    var kept: String?

    @Argument(help: ArgumentHelp("The reference of the duplicate.", valueName: "duplicate-ref"))
    var duplicate: String?

    @Option(help: ArgumentHelp("Take back the merge of this duplicate.", valueName: "duplicate-ref"))
    var undo: String?

    @Option(help: ArgumentHelp("Why they are one person, or are not.", valueName: "text"))
    var reason: String?

    @Flag(help: .dryRun)
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        guard undo == nil || kept == nil else {
            throw Failure(.usage, "--undo takes the duplicate's reference alone", hint: "Leave the others out.")
        }
        let run = CommandRun(global)
        try complete(run)
        let (kept, duplicate) = try references()
        let reason = try Required.text(reason, "--reason")
        var merge: ClientMerge?
        try run.administer(undo == nil ? "client merge" : "client merge undo", isDryRun: dryRun) { session, _ in
            let result =
                if let kept {
                    try session.mergeClients(
                        keeping: kept,
                        duplicate: duplicate,
                        reason: reason,
                        isDryRun: dryRun
                    )
                } else {
                    try session.undoMerge(of: duplicate, reason: reason, isDryRun: dryRun)
                }
            merge = result
            return Self.receipt(result, isUndone: kept == nil)
        }
        guard let merge else { return }
        for warning in merge.warnings { run.console.warn(warning) }
        if merge.left > 0 {
            run.console.warn("\(merge.left) of the cases had gone to somebody else since, and stay there")
        }
    }

    private mutating func complete(_ run: CommandRun) throws {
        let isIncomplete = reason == nil || (undo == nil && duplicate == nil)
        try run.ask(when: isIncomplete) { questions in
            if undo == nil {
                try questions.line(&self.kept, "Client to keep")
                try questions.line(&self.duplicate, "Duplicate")
            } else {
                try questions.line(&self.undo, "Merge to undo, by its duplicate")
            }
            try questions.line(&self.reason, "Reason")
        }
    }

    /// The client to keep, unless a merge is undone, and the duplicate.
    private func references() throws(Failure) -> (kept: String?, duplicate: String) {
        if let undo { return (nil, try Required.text(undo, "--undo")) }
        let hint = "Give the reference of the client to keep, then that of the duplicate; client find shows both."
        return (
            try Required.text(kept, "<keep-ref>", hint: hint),
            try Required.text(duplicate, "<duplicate-ref>", hint: hint)
        )
    }

    private static func receipt(_ merge: ClientMerge, isUndone: Bool) -> Receipt {
        var receipt = Receipt(isUndone ? "merge undone" : "clients merged")
        receipt.add("kept", "Kept", .code(merge.kept))
        receipt.add("duplicate", "Duplicate", .code(merge.duplicate))
        receipt.add("moved", "Cases moved", .int(merge.moved.count))
        receipt.add("kept_before", "Kept had", .int(merge.keptBefore.episodes))
        receipt.add("kept_after", "Has now", .int(merge.keptAfter.episodes))
        receipt.detail.add("counts", "Records", counts(merge))
        receipt.detail.add(
            "cases",
            "Cases moved",
            Listing(columns: [Column("case_number", "Case")], rows: merge.moved.map { [.code($0.description)] })
        )
        return receipt
    }

    /// What both have before and after, which adds up to the same.
    private static func counts(_ merge: ClientMerge) -> Listing {
        func row(_ ref: String, _ when: String, _ counts: ClientRecordCounts) -> [Cell] {
            [
                .code(ref), .code(when), .int(counts.episodes), .int(counts.visits), .int(counts.plans),
                .int(counts.referrals),
            ]
        }
        return Listing(
            columns: [
                Column("client_ref", "Client"), Column("when", "When"), Column("episodes", "Episodes", .trailing),
                Column("visits", "Visits", .trailing), Column("plans", "Plans", .trailing),
                Column("referrals", "Referrals", .trailing),
            ],
            rows: [
                row(merge.kept, "before", merge.keptBefore), row(merge.duplicate, "before", merge.duplicateBefore),
                row(merge.kept, "after", merge.keptAfter), row(merge.duplicate, "after", merge.duplicateAfter),
            ]
        )
    }
}
