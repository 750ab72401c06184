internal import Glibc
private import Synchronization

/// The C library's view of a zone: exact for every year, and one zone at a time for the whole process.
enum SystemZone {
    /// glibc keeps one zone per process: who asks for an offset must own it meanwhile.
    private static let ownership = Mutex<Void>(())

    /// Calls `body` with a function that gives a zone's offset from UTC, seconds east, at a second since 1970.
    static func withOffsets<Result>(of name: String, _ body: ((Int64) -> Int) -> Result) -> Result {
        ownership.withLock { _ in
            select(name)
            return body(offset)
        }
    }

    private static func select(_ name: String) {
        // Written only when it differs: reading the environment in another thread meanwhile is not safe.
        let isSet = unsafe getenv("TZ").map { unsafe strcmp($0, name) == 0 } ?? false
        if !isSet {
            let result = unsafe setenv("TZ", name, 1)
            precondition(result == 0, "a checked zone name is a valid environment value")
        }
        // Loads the file when TZ has changed since the last call, whoever changed it; else it costs a comparison.
        tzset()
    }

    private static func offset(at second: Int64) -> Int {
        var time = time_t(second)
        var parts = unsafe tm()
        let result = unsafe localtime_r(&time, &parts)
        precondition(unsafe result != nil, "glibc knows every instant of the years 1 ... 9999")
        return unsafe parts.tm_gmtoff
    }
}
