internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services
internal import Storage

/// Says what became of an import.
struct ImportOutcome {
    let summary: ImportSummary
    let run: CommandRun

    /// Near pairs that are shown; arbitrary.
    private static let pairsShown = 20

    /// The totals are a reading of its own, with an entry of the audit: an import that is kept has not failed for want of
    /// room for that.
    func totalsIfReadable(_ read: () throws -> CaseloadTotals) -> CaseloadTotals? {
        do {
            return try read()
        } catch {
            run.console.warn("the totals of the database could not be read: \(Failure.of(error).message)")
            return nil
        }
    }

    func show(_ totals: CaseloadTotals?, isDryRun: Bool, in zone: Zone) throws {
        for pair in summary.possibleDuplicates.prefix(Self.pairsShown) {
            run.console.warn(
                "[\(Rule.possibleDuplicate.rawValue)] \(pair.new) and \(pair.known) have near names and one birth date"
            )
        }
        if summary.possibleDuplicates.count > Self.pairsShown {
            run.console.warn("and \(summary.possibleDuplicates.count - Self.pairsShown) more such pairs")
        }
        showRefusals()
        if isDryRun { run.console.note("Dry run: nothing was kept.") }
        var detail = Detail()
        detail.add("dry_run", "Dry run", .bool(isDryRun))
        detail.add("new_clients", "New clients", .int(summary.newClients))
        detail.add("new_sites", "New sites", .int(summary.newSites.count))
        detail.add("new_staff", "New staff", .int(summary.newLogins.count))
        detail.add("possible_duplicates", "Possible duplicates", .int(summary.possibleDuplicates.count))
        detail.add("files", "Rows", files)
        detail.add("imported_history", "Accepted as imported history", relaxations)
        if let totals { detail.add("totals", "In the database now", totals.detail) }
        try run.show(detail, in: zone)
    }

    private var files: Listing {
        Listing(
            columns: [Column("file", "File")]
                + ImportSummary.Fate.allCases.map { Column($0.rawValue, $0.rawValue, .trailing) },
            rows: CaseloadFile.allCases.map { file in
                [.code(file.name)] + ImportSummary.Fate.allCases.map { .int(summary.count($0, of: file)) }
            }
        )
    }

    private var relaxations: Listing {
        Listing(
            columns: [Column("what", "What"), Column("rows", "Rows", .trailing)],
            rows: ImportSummary.Relaxation.allCases.map {
                [.code($0.rawValue), .int(summary.relaxations[$0] ?? 0)]
            }
        )
    }

    private func showRefusals() {
        for refusal in summary.refusals { run.console.warn(refusal.description) }
        let more = summary.count(.refused) - summary.refusals.count
        if more > 0 { run.console.warn("and \(more) more refused rows; --rejects FOLDER writes all of them") }
        if !summary.unknownSites.isEmpty {
            run.console.warn("unknown sites: " + summary.unknownSites.sorted().joined(separator: ", "))
        }
        if !summary.unknownLogins.isEmpty {
            run.console.warn("unknown logins: " + summary.unknownLogins.sorted().joined(separator: ", "))
        }
    }

    /// Nothing was kept because rows were refused.
    func failure(rejects: Bool) -> Failure {
        showRefusals()
        let refused = summary.count(.refused)
        let rows = refused + summary.count(.kept) + summary.count(.skipped)
        let message = "\(refused) of \(rows) rows were refused, so nothing was imported"
        var hint = rejects ? "The refused rows are in the folder of --rejects. " : ""
        hint += "Correct them and import again, or keep the others with --skip-rejected."
        if !summary.unknownSites.isEmpty || !summary.unknownLogins.isEmpty {
            hint += " --create-missing makes unknown sites and staff."
        }
        if summary.hasBadValues { return Failure(.badData, message, hint: hint) }
        return .refused((summary.refusals.first?.rule ?? .badValue).rawValue, message, hint: hint)
    }
}
