internal import ArgumentParser
internal import Reports
internal import Services

struct SiteListCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "list",
        abstract: "Lists the sites with their towns.",
        discussion: """
            Example:
              followup site list
            """
    )

    @OptionGroup var global: GlobalOptions

    func run() throws {
        try CommandRun(global).list("site list", whenEmpty: "no sites yet") { session in
            var listing = Listing(columns: [
                Column("site", "Site"), Column("towns", "Towns"), Column("retired", "Retired"),
            ])
            for site in try session.siteList() {
                listing.append([.code(site.name), .code(site.towns.joined(separator: ", ")), .bool(site.isRetired)])
            }
            return listing
        }
    }
}
