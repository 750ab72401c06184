internal import ArgumentParser
internal import CrisisCare
internal import Reports
internal import Services
internal import Storage

struct CodeListCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "list",
        abstract: "Lists the codes of a list, or of all of them.",
        discussion: """
            A code that is fixed is one that a rule, a measure or a question of the program
            works with.

            Example:
              followup code list discharge-reason
            """
    )

    @Argument(help: CodeListArgument.help)
    var list: CodeListArgument?

    @OptionGroup var global: GlobalOptions

    func run() throws {
        try CommandRun(global).list("code list", whenEmpty: "No code.") { session in
            var listing = Listing(columns: [
                Column("list", "List"), Column("code", "Code"), Column("fixed", "Fixed"), Column("retired", "Retired"),
            ])
            for code in try session.codeList(list?.list) {
                listing.append([
                    .code(CodeListArgument(code.list).rawValue), .code(code.text),
                    .bool(NamedCode.all(in: code.list).contains(code.text)), .bool(code.isRetired),
                ])
            }
            return listing
        }
    }
}
