import Glibc
import Testing

@testable import CivilTime

/// The environment belongs to the whole process: each of these runs in one of its own.
struct ZoneEnvironmentTests {
    @Test func `pitfall 3 the host's and the reader's TZ change nothing`() async {
        await #expect(processExitsWith: .success) {
            for reader in ["Asia/Tokyo", "Pacific/Apia", "UTC", "", ":Europe/London", "nonsense"] {
                unsafe setenv("TZ", reader, 1)
                tzset()
                try expectNewYork()
            }
            unsafe unsetenv("TZ")
            tzset()
            try expectNewYork()
        }
    }

    @Test func `a zone that the C library could not read is refused, though its file is sound`() async {
        await #expect(processExitsWith: .success) {
            // The C library looks for the zone where there is none, counts in UTC, and does not look again.
            unsafe setenv("TZDIR", "/proc/self/fdinfo", 1)
            unsafe setenv("TZ", newYorkName, 1)
            tzset()
            unsafe unsetenv("TZDIR")
            #expect(throws: ZoneError.unreadable(name: newYorkName)) { try Zone(named: newYorkName) }
            // Another zone is read anew.
            let other = try Zone(named: "Asia/Tokyo")
            #expect(other.offset(at: Instant(seconds: 0)) == 32_400)
        }
    }

    @Test func `a change of TZ in the middle of the work changes nothing`() async {
        await #expect(processExitsWith: .success) {
            let zone = try Zone(named: newYorkName)
            unsafe setenv("TZ", "Asia/Tokyo", 1)
            tzset()
            #expect(zone.offset(at: Instant(seconds: 1_800_000_000)) == -18_000)
            // 1985 lies before the years that are remembered and is asked of the C library each time.
            #expect(zone.offset(at: Instant(seconds: 490_000_000)) == -14_400)
            // Set back by someone who did not tell the C library.
            unsafe setenv("TZ", "Asia/Tokyo", 1)
            tzset()
            unsafe setenv("TZ", newYorkName, 1)
            #expect(zone.offset(at: Instant(seconds: 490_000_000)) == -14_400)
        }
    }

    @Test func `an empty folder of zones is refused, not counted in UTC`() async {
        await #expect(processExitsWith: .success) {
            unsafe setenv("TZDIR", "/proc/self/fdinfo", 1)
            #expect(throws: ZoneError.noDatabase(folder: "/proc/self/fdinfo")) { try Zone(named: newYorkName) }
            // Empty means unset, as it does to the C library.
            unsafe setenv("TZDIR", "", 1)
            try expectNewYork()
        }
    }

    @Test func `zones in many threads at once do not disturb each other`() async throws {
        let expected: [(zone: Zone, offset: Int)] = [
            (try Zone(named: newYorkName), -14_400), (try Zone(named: "Asia/Tokyo"), 32_400),
            (try Zone(named: "Europe/London"), 3_600), (try Zone(named: "Asia/Kolkata"), 19_800),
        ]
        await withTaskGroup(of: Int.self) { group in
            for (zone, offset) in expected {
                group.addTask {
                    // July of every year from 1982 to 1998: before the years that are remembered.
                    (0..<4_000).count {
                        zone.offset(at: Instant(seconds: 394_329_600 + Int64($0 % 17) * 31_557_600)) != offset
                    }
                }
                group.addTask {
                    // A fresh zone each time, so that its memory is filled by two threads.
                    (0..<400).count { _ in
                        (try? Zone(named: zone.name))?.offset(at: Instant(seconds: 1_784_000_000)) != offset
                    }
                }
            }
            for await wrong in group { #expect(wrong == 0) }
        }
    }
}

private func expectNewYork() throws {
    let zone = try Zone(named: newYorkName)
    #expect(try zone.rfc3339(at("2026-11-20T19:05:00Z")) == "2026-11-20T14:05:00-05:00")
    #expect(zone.rfc3339(Instant(seconds: 500_000_000)) == "1985-11-04T19:53:20-05:00")
    #expect(try zone.parse("2026-07-04T12:00", now: .distantPast) == at("2026-07-04T12:00:00-04:00"))
}
