import CaseloadOracle
import CivilTime
import CrisisCare
import Foundation
import SQLite
import Services
import Storage
import Synchronization

/// A generated caseload that was imported once for all tests of the process, and the naive reading of the same files.
///
/// The database is shared: tests read it, or take a copy (`TestAgency(copyOf:now:)`).
struct ImportedCaseload: Sendable {
    let folder: String
    let path: String
    let now: Instant
    let zone: Zone
    let naive: NaiveCaseload
    /// The files' reference of each case number.
    let refs: [CaseNumber: String]

    /// The generator's arguments: a published year; three others, messy ones among them, two in flight.
    static let year: [String] = []
    static let messy = ["--seed", "2", "--messy", "--episodes", "900", "--children", "700"]
    static let severalEpisodes = [
        "--seed", "3", "--episodes", "1500", "--children", "600", "--from", "2023-10-20", "--to", "2024-04-01",
    ]
    static let inFlight = [
        "--seed", "7", "--messy", "--from", "2026-07-01", "--to", "2026-11-20", "--episodes", "2400",
        "--children", "1900", "--as-of", "2026-11-20T09:00",
    ]
    static let smallInFlight = [
        "--seed", "11", "--messy", "--from", "2026-09-15", "--to", "2026-11-20", "--episodes", "500",
        "--children", "300", "--as-of", "2026-11-20T09:00",
    ]
    static let all = [year, messy, severalEpisodes, inFlight, smallInFlight]

    private static let made = Mutex<[[String]: ImportedCaseload]>([:])

    static func of(_ arguments: [String]) throws -> ImportedCaseload {
        try made.withLock { made in
            if let caseload = made[arguments] { return caseload }
            if made.isEmpty { atexit { ImportedCaseload.removeAll() } }
            let caseload = try make(arguments)
            made[arguments] = caseload
            return caseload
        }
    }

    private static func make(_ arguments: [String]) throws -> ImportedCaseload {
        let folder = try GeneratedCaseload.make(arguments: arguments)
        let agency = try TestAgency()
        try agency.importCaseload(folder)
        // The agency's folder goes with it: the shared copy stays until the end.
        let path = NSTemporaryDirectory() + "caseload-\(UUID().uuidString).db"
        let connection = try Database.open(
            agency.path,
            .readOnly,
            now: agency.now.seconds,
            programVersion: ProgramVersion.current
        )
        try connection.backup(to: path)
        var refs: [CaseNumber: String] = [:]
        try connection.read { db in
            try EpisodeStore.forEach(calledFrom: .distantPast, before: .distantFuture, at: .all, in: db) { record in
                refs[record.caseNumber] = record.sourceRef
            }
        }
        return ImportedCaseload(
            folder: folder,
            path: path,
            now: agency.now,
            zone: agency.zone,
            naive: try NaiveCaseload(directory: folder),
            refs: refs
        )
    }

    private static func removeAll() {
        made.withLock { made in
            for caseload in made.values {
                for suffix in ["", "-wal", "-shm"] {
                    try? FileManager.default.removeItem(atPath: caseload.path + suffix)
                }
            }
            made.removeAll()
        }
    }

    /// A session on the shared file, at the caseload's own time or a later one.
    func open(at time: Instant? = nil) throws -> Session {
        try Session.open(path, as: Identity(osUser: "tester", namedLogin: "admin"), now: time ?? now)
    }
}
