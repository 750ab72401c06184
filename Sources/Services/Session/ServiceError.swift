/// What keeps a command from its work without a rule being broken.
package enum ServiceError: Error, Equatable, Sendable {
    /// The database has no agency: `init` did not finish.
    case notInitialized
    /// No such case, site, staff login and so on.
    case notFound(what: String, hint: String)
    /// A value that cannot be taken, and what would be.
    case badValue(String)
    /// Somebody is at work on what the command reads: it may go through later.
    case tryAgain(what: String, hint: String)
}
