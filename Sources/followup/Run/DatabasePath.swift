/// Where the database is: `--db`, else `FOLLOWUP_DB`, else the user's data folder (XDG Base Directory Specification).
enum DatabasePath {
    static func find(
        flag: String?,
        environment: Environment = .process,
        user: () -> OSUser = OSUser.current
    ) throws(Failure) -> String {
        if let flag {
            guard !flag.isEmpty else {
                throw Failure(.usage, "--db names no file", hint: "Give the database's path after --db.")
            }
            return flag
        }
        if let path = environment.nonEmpty("FOLLOWUP_DB") { return path }
        // The specification says that a relative path is to be ignored.
        if let folder = environment.nonEmpty("XDG_DATA_HOME"), folder.hasPrefix("/") {
            return folder + "/followup/followup.db"
        }
        guard let home = environment.nonEmpty("HOME") ?? user().home else {
            throw Failure(
                .usage,
                "there is no home folder in which to look for the database",
                hint: "Name the database with --db FILE."
            )
        }
        return home + "/.local/share/followup/followup.db"
    }
}
