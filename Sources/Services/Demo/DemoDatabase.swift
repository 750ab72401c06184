package import CivilTime
internal import CrisisCare
internal import Glibc
internal import SQLite

/// New databases with synthetic cases, to try everything on, or to measure with.
package enum DemoDatabase {
    /// Cases of one import: what waits for its turn is kept in files and in the log, which grow with it. Arbitrary.
    private static let casesPerImport = 50_000

    /// A caseload as of today, a screen or two, entered through the same use cases as a person's; returns how many
    /// cases.
    package static func createSmall(
        at path: String,
        for agency: NewAgency,
        now: Instant,
        command: CommandContext? = nil
    ) throws -> Int {
        try create(at: path, for: agency, now, command) { session in
            var demo = DemoCaseload(session)
            return try demo.fill()
        }
    }

    /// A caseload of any size, imported in pieces, in memory that does not grow with it; returns how many cases.
    package static func create(
        _ shape: SyntheticCaseload.Shape,
        at path: String,
        for agency: NewAgency,
        now: Instant,
        command: CommandContext? = nil,
        progress: (Int) -> Void = { _ in }
    ) throws -> Int {
        try create(at: path, for: agency, now, command) { session in
            var caseload = SyntheticCaseload(shape, now: now, zone: agency.zone)
            var options = ImportOptions()
            options.createsMissing = true
            var cases = 0
            while true {
                let folder = try CaseloadFolder("\(session.path)-files")
                defer { folder.remove() }
                let more = try caseload.writeNext(casesPerImport, to: folder)
                guard more > 0 else { return cases }
                try folder.finish()
                _ = try session.importCaseload(from: folder.path, options)
                cases += more
                progress(cases)
            }
        }
    }

    /// Makes a database, whole or not at all. It grows beside its place, under a name of its own; a path at which
    /// something stands is refused.
    private static func create(
        at path: String,
        for agency: NewAgency,
        _ now: Instant,
        _ command: CommandContext?,
        fill: (consuming Session) throws -> Int
    ) throws -> Int {
        try NewFile.refuse(path)
        let unfinished = "\(path)\(NewFile.unfinishedMark)demo-\(getpid())"
        defer { for suffix in ["", "-wal", "-shm"] { unsafe unlink(unfinished + suffix) } }
        try agency.create(at: unfinished, now: now, for: command)
        func open() throws -> Session {
            try Session.open(unfinished, as: Identity(osUser: agency.osUser), now: now, for: command)
        }
        let cases = try fill(open())
        try open().connection.backup(to: path)
        return cases
    }
}
