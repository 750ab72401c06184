internal import ArgumentParser
internal import Reports
internal import Services

struct StaffListCommand: ParsableCommand {
    static let configuration = CommandConfiguration.leaf(
        commandName: "list",
        abstract: "Lists the staff with their roles.",
        discussion: """
            Example:
              followup staff list --format csv
            """
    )

    @OptionGroup var global: GlobalOptions

    func run() throws {
        try CommandRun(global).list("staff list", whenEmpty: "no staff yet") { session in
            var listing = Listing(columns: [
                Column("login", "Login"), Column("name", "Name"), Column("roles", "Roles"),
                Column("retired", "Retired"),
            ])
            for staff in try session.staffList() {
                listing.append([.code(staff.login), .text(staff.name), .code(staff.roles), .bool(staff.isRetired)])
            }
            return listing
        }
    }
}
