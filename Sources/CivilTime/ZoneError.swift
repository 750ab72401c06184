/// Why a time zone cannot be used. The program stops here rather than count in a wrong zone without a word.
package enum ZoneError: Error, Hashable, Sendable {
    /// Not the form of a name, or a name that would depend on the host or count leap seconds.
    case badName
    /// The database has no such zone.
    case unknown(name: String)
    /// There is no time zone database in that folder.
    case noDatabase(folder: String)
    /// The zone's file is there and cannot be read, is cut short or is no zone file.
    case unreadable(name: String)
}

extension ZoneError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badName:
            "This is not the name of a time zone. Names look like America/New_York or Europe/London."
        case .unknown(let name):
            "There is no time zone \(name). Names look like America/New_York; mind capital letters and underscores."
        case .noDatabase(let folder):
            "The time zone database is missing: \(folder) holds no zones. "
                + "Install it (on Debian: apt-get install tzdata)."
        case .unreadable(let name):
            "The file of the time zone \(name) cannot be read or is damaged. "
                + "Install the time zone database again (on Debian: apt-get install --reinstall tzdata)."
        }
    }
}
