internal import ArgumentParser
internal import CrisisCare
internal import Reports
internal import Services
internal import Storage

struct AuditVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "verify",
        abstract: "Computes every hash of the audit again, and says which entry is not what was written.",
        discussion: """
            Note the head that it prints outside this machine, on paper or in a mail: with
            --head it is proven later that every entry up to it is as it was. Without a
            noted head, a chain that was cut at its end, or written anew by somebody who can
            write the file, looks whole.

            The exit status is 0 when the chain is whole, 69 when it is not, and 1 when it
            has no such head.

            Example:
              followup audit verify
              followup audit verify --head 6b0f1a3c...
            """
    )

    @Option(help: ArgumentHelp("The hash of a head that was noted earlier, 64 digits.", valueName: "hash"))
    var head: String?

    @OptionGroup var global: GlobalOptions

    mutating func run() throws {
        let run = CommandRun(global)
        let noted = try head.map(Self.hash)
        try run.session("audit verify") { session in
            let verification = try session.verifyAudit(lookingFor: noted)
            try run.show(Self.detail(verification), in: session.zone)
            guard verification.isWhole else { throw ExitCode(ExitStatus.unusable.rawValue) }
            guard noted == nil || verification.noted != nil else {
                throw Failure.refused(
                    Rule.auditHeadMissing.rawValue,
                    "the audit does not hold the head that was noted",
                    hint: "Its end was cut off, or it was written anew: keep this file and compare it with a backup."
                )
            }
        }
    }

    private static func detail(_ verification: AuditVerification) -> Detail {
        var detail = Detail()
        detail.add("intact", "Whole", .bool(verification.isWhole))
        detail.add("entries", "Entries", .int(Int(verification.entries)))
        detail.add("head_seq", "Last entry", .int(Int(verification.head.sequence)))
        detail.add("head", "Head, to note elsewhere", .code(verification.head.hash.hexadecimal))
        detail.add("noted_seq", "Noted head is of entry", .ifPresent(verification.noted) { .int(Int($0)) })
        let rows = verification.damages.map { damage in
            [Cell.int(Int(damage.sequence)), .code(damage.code), .code(damage.description)]
        }
        let columns = [Column("seq", "Entry", .trailing), Column("damage", "Damage"), Column("finding", "Finding")]
        detail.add("damages", "Damage", Listing(columns: columns, rows: rows))
        return detail
    }

    /// The bytes of a hash that was typed or copied.
    private static func hash(_ text: String) throws(Failure) -> [UInt8] {
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == text.utf8.count, digits.count == 64 else {
            throw Failure(
                .usage,
                "--head is not a hash of 64 digits",
                hint: "Copy the whole head that audit verify printed."
            )
        }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
