import Foundation
import SQLite
import Testing

struct StatementUndoTests {
    /// Names of files that SQLite makes for itself begin so.
    private static let temporary = "etilqs"

    /// A row for each page of the file.
    private static func fill(_ rows: Int, in db: borrowing Access<Writing>) throws {
        try db.execute("CREATE TABLE mark (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
        try db.execute(
            """
            WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < \(rows))
            INSERT INTO mark SELECT n, printf('%.3000c', 'a') FROM count
            """
        )
    }

    /// In a process of its own: other tests have temporary files too.
    @Test func `a statement that changes 25 pages writes nothing of its own to a file`() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let db = try Connection.create(folder.file())
            try db.write { db in try Self.fill(25, in: db) }
            try db.write { db in
                try db.execute("UPDATE mark SET text = printf('%.3000c', 'b')")
                let files = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
                    try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
                }
                #expect(files.contains { $0.hasSuffix("test.db") }, "\(files)")
                #expect(!files.contains { $0.contains(Self.temporary) }, "\(files)")
            }
            withExtendedLifetime(folder) {}
        }
    }

    @Test(arguments: [31, 32, 33, 100, 2000])
    func `a statement that changes many pages is carried out, and undone alone`(pages: Int) throws {
        let folder = try TemporaryFolder()
        let db = try Connection.create(folder.file())
        try db.write { db in try Self.fill(pages, in: db) }
        try db.write { db in
            #expect(try db.execute("UPDATE mark SET text = printf('%.3000c', 'b')") == pages)
            // The last row is refused, when all before it are changed.
            let last = Int64.max
            #expect(
                failure {
                    try db.execute(
                        "UPDATE mark SET text = CASE WHEN id < \(pages) THEN 'c' WHEN id < \(last) THEN NULL END"
                    )
                }?.code == 19
            )
            #expect(
                try db.first("SELECT count(*) FROM mark WHERE text = printf('%.3000c', 'b')") { try $0.int(0) } == pages
            )
            try db.execute("DROP TABLE mark")
        }
        withExtendedLifetime(folder) {}
    }
}
