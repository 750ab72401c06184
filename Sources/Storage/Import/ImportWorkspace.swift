package import SQLite

/// What an import keeps beside the record while it runs: a database of its own, of which nothing is left afterwards. What
/// memory does not hold goes to files without a name, in the folder of temporary files.
package enum ImportWorkspace {
    /// How much is kept in memory of the rows that wait, and again of those being sorted. Arbitrary.
    private static let megabytes = 32

    package static func open() throws -> Connection {
        try Connection.temporary(applicationID: Database.applicationID, memoryMegabytes: megabytes)
    }

    package static func begin(in workspace: borrowing Access<Writing>) throws {
        try SpoolStore.begin(in: workspace)
        try BroughtClientStore.begin(in: workspace)
    }
}
