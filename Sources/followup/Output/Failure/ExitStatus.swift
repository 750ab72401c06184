/// How a command ended, as scripts see it. Numbers from 64 on follow sysexits.h.
enum ExitStatus: Int32, CaseIterable, Sendable {
    case ok = 0
    /// A rule of the practice refused what was asked.
    case refused = 1
    /// `overdue --check` found some.
    case found = 3
    case usage = 64
    case badData = 65
    case notFound = 66
    /// The database is corrupt, newer than the program, or locked by a migration.
    case unusable = 69
    case inputOutput = 74
    case busy = 75
    case notPermitted = 77

    /// The stable word for it in JSON.
    var kind: String {
        switch self {
        case .ok: "ok"
        case .refused: "refused"
        case .found: "found"
        case .usage: "usage"
        case .badData: "bad-data"
        case .notFound: "not-found"
        case .unusable: "unusable"
        case .inputOutput: "input-output"
        case .busy: "busy"
        case .notPermitted: "not-permitted"
        }
    }
}
