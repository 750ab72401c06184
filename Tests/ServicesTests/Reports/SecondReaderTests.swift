import CivilTime
import CrisisCare
import Reports
import SQLite
import Services
import Storage
import Testing

/// The second reader of a report or an export sees what the first one sees, or nothing.
struct SecondReaderTests {
    @Test func `a second reader takes part while nobody writes`() throws {
        let desk = try CrisisDesk()
        let connection = try Database.open(
            desk.agency.path,
            .readOnly,
            now: desk.agency.now.seconds,
            programVersion: ProgramVersion.current
        )
        let counts = try connection.read { db in
            let snapshot = try AuditChain.end(in: db)
            let other = try SecondReader.read(desk.agency.path, snapshot, now: desk.agency.now) { db in
                try Self.episodes(in: db)
            }
            return (try Self.episodes(in: db), other)
        }
        #expect(counts.0 == counts.1)
    }

    @Test func `a second reader takes no part once somebody has written`() throws {
        let desk = try CrisisDesk()
        let connection = try Database.open(
            desk.agency.path,
            .readOnly,
            now: desk.agency.now.seconds,
            programVersion: ProgramVersion.current
        )
        try connection.read { db in
            let before = try Self.episodes(in: db)
            let snapshot = try AuditChain.end(in: db)
            _ = try desk.open("One")
            var hasRead = false
            let other: Int? = try SecondReader.read(desk.agency.path, snapshot, now: desk.agency.now) { db in
                hasRead = true
                return try Self.episodes(in: db)
            }
            #expect(other == nil && !hasRead)
            #expect(try Self.episodes(in: db) == before)
        }
    }

    @Test func `a file that cannot be opened a second time is left to the first reader`() throws {
        let desk = try CrisisDesk()
        let read: Int? = try SecondReader.read(desk.agency.path + "-gone", .empty, now: desk.agency.now) { _ in 1 }
        #expect(read == nil)
    }

    @Test func `what the second reader meets is thrown`() throws {
        let desk = try CrisisDesk()
        let connection = try Database.open(
            desk.agency.path,
            .readOnly,
            now: desk.agency.now.seconds,
            programVersion: ProgramVersion.current
        )
        let snapshot = try connection.read { db in try AuditChain.end(in: db) }
        #expect(throws: Broken.self) {
            let _: Int? = try SecondReader.read(desk.agency.path, snapshot, now: desk.agency.now) { _ in throw Broken()
            }
        }
    }

    private struct Broken: Error {}

    private static func episodes<Mode>(in db: borrowing Access<Mode>) throws -> Int {
        var count = 0
        try EpisodeStore.forEach(calledFrom: .distantPast, before: .distantFuture, at: .all, in: db) { _ in
            count += 1
        }
        return count
    }
}
