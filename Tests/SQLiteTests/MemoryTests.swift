import Foundation
import SQLite
import Testing

/// Memory that runs out in the middle of a statement.
struct MemoryTests {
    @Test func `a statement for which there is no memory says so, and the connection goes on`() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let connection = try Connection.create(folder.file())
            try connection.write { db in
                try db.execute("CREATE TABLE t (a BLOB) STRICT")
                try db.execute("INSERT INTO t VALUES (zeroblob(7000000))")
            }
            func look(_ sql: SQL) throws { try connection.read { db in _ = try db.first(sql) { $0.isNull(0) } } }
            // More at a time than what a thread sets aside for itself and the limit does not count, 64 MB.
            let much: SQL = """
                SELECT hex(a), hex(a), hex(a), hex(a), hex(a), hex(a), hex(a), hex(a), hex(a), hex(a), hex(a), hex(a)
                FROM t
                """
            // A little more than the process has, and less than the statement takes.
            let status = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
            let pages = try #require(status.split(separator: " ").first.flatMap { rlim_t($0) })
            var limit = rlimit()
            try #require(unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0)
            let most = limit.rlim_cur
            limit.rlim_cur = pages * rlim_t(getpagesize()) + 2_000_000
            try #require(unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0)
            let error = failure { try look(much) }
            limit.rlim_cur = most
            try #require(unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0)
            #expect(error?.kind == .outOfMemory)
            #expect(error?.description.hasPrefix("The machine has no memory left") == true)
            try look(much)
            try connection.write { db in _ = try db.execute("INSERT INTO t VALUES (zeroblob(7))") }
        }
    }
}
