import CivilTime
import CrisisCare
import Foundation
import Services
import Trace

// The program's own use cases, in this process, many times.
//
//     ours visits DATABASE CASES COUNT [RECORD]     log visits to the cases in turn; RECORD gets the statements
//     ours contend DATABASE CASES SECONDS           log visits as long as told, against others
//     ours import DATABASE FOLDER 1 RECORD          import a caseload; RECORD gets the statements
//     ours deadlines DATABASE                       give the file a table of all deadlines, ended ones too
//
// `visits` prints the wall and the processor time in milliseconds, `contend` how many visits and the longest wait.
// CASES is a file with one case number a line.

struct Misuse: Error {}

/// The processor time of this process, user and system.
func processorMilliseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
}

func milliseconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) / 1e15
}

struct Logging: ~Copyable {
    let session: Session
    let cases: [String]

    init(_ database: String, cases path: String) throws {
        let listed = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        let now = SystemClock.currentInstant()
        session = try Session.open(database, as: Identity(osUser: "bench", namedLogin: "admin"), now: now)
        cases = listed
    }

    func log(_ index: Int) throws {
        var visit = NewVisit(at: session.now, mode: .phone, result: .completed, with: .youth)
        visit.minutes = 20
        visit.note = "calmer, sleeping better"
        _ = try session.logVisit(cases[index % cases.count], visit, by: nil)
    }
}

func main() throws {
    let words = CommandLine.arguments
    if words.count == 3, words[1] == "deadlines" { return try storeAllDeadlines(in: words[2]) }
    guard words.count >= 5, let count = Int(words[4]) else { throw Misuse() }
    let clock = ContinuousClock()
    switch words[1] {
    case "visits":
        if words.count > 5, trace_open(words[5]) == 0 { throw Misuse() }
        let logging = try Logging(words[2], cases: words[3])
        trace_record(words.count > 5 ? 1 : 0)
        let before = processorMilliseconds()
        let wall = try clock.measure { for index in 0..<count { try logging.log(index) } }
        let used = processorMilliseconds() - before
        if words.count > 5 { trace_close() }
        print(milliseconds(wall), used)
    case "contend":
        let logging = try Logging(words[2], cases: words[3])
        let end = clock.now + .seconds(count)
        var logged = 0
        var longest = Duration.zero
        while clock.now < end {
            let wait = try clock.measure { try logging.log(logged) }
            longest = max(longest, wait)
            logged += 1
        }
        print(logged, milliseconds(longest))
    case "import":
        guard words.count > 5, trace_open(words[5]) != 0 else { throw Misuse() }
        let now = SystemClock.currentInstant()
        let session = try Session.open(words[2], as: Identity(osUser: "bench", namedLogin: "admin"), now: now)
        var options = ImportOptions()
        options.createsMissing = true
        trace_record(1)
        _ = try session.importCaseload(from: words[3], options)
        trace_close()
    default:
        throw Misuse()
    }
}

try main()
