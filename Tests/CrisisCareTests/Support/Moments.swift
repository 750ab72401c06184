import CivilTime

// Instants and days as a test writes them: local to New York, with an offset where the clock shows a time twice.

let newYork: Zone = {
    do {
        return try Zone(named: "America/New_York")
    } catch {
        // Without the system's tz database no rule can be tested.
        fatalError("America/New_York is missing: \(error)")
    }
}()

/// `2026-06-01 10:00`, seconds and offset optional.
func at(_ text: String) -> Instant {
    do {
        return try newYork.parse(utf8: text.utf8.span)
    } catch {
        // A literal that is wrong in the test's own source.
        fatalError("not a time in New York: \(text): \(error)")
    }
}

/// `2026-06-01`.
func day(_ text: String) -> CivilDate {
    guard let date = CivilDate(text) else {
        // A literal that is wrong in the test's own source.
        fatalError("not a date: \(text)")
    }
    return date
}

extension Instant {
    static func + (instant: Instant, seconds: Int) -> Instant {
        instant.adding(seconds: Int64(seconds))
    }

    static func - (instant: Instant, seconds: Int) -> Instant {
        instant.adding(seconds: -Int64(seconds))
    }
}

/// A day after which nothing of a test happens.
let muchLater = at("2030-01-01 12:00")
