internal import CrisisCare
internal import Storage

extension Session {
    /// The numbers of the open cases that the person may see, in their order, as the shell offers them.
    package borrowing func openCaseNumbers() throws -> [String] {
        try read("look up open cases", needing: .readCases) { db in
            try EpisodeStore.openNumbers(at: actor.scope(of: .readCases), in: db).map(\.description)
        }
    }
}
