import Testing

@testable import CivilTime

struct ZoneTextTests {
    @Test(arguments: [
        (newYorkName, "2026-11-20T14:05:00-05:00"), (newYorkName, "2026-07-04T00:00:00-04:00"),
        ("UTC", "2026-11-20T19:05:00+00:00"), ("Asia/Kolkata", "2026-11-21T00:35:00+05:30"),
        ("Australia/Lord_Howe", "2026-11-21T06:05:00+11:00"), ("America/St_Johns", "2026-11-20T15:35:00-03:30"),
        ("Pacific/Apia", "2026-11-21T08:05:00+13:00"), (newYorkName, "1969-12-31T23:59:59-05:00"),
    ])
    func `an instant is written with the zone's offset`(name: String, text: String) throws {
        #expect(try Zone(named: name).rfc3339(at(text)) == text)
    }

    @Test func `bytes are appended after what is there`() throws {
        var bytes = Array("at ".utf8)
        try Zone(named: newYorkName).appendRFC3339(at("2026-11-20T19:05:00Z"), to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "at 2026-11-20T14:05:00-05:00")
    }

    @Test func `an offset with seconds is written in whole minutes and reads back as the same instant`() throws {
        // New York stood at -4:56:02 until 1883, Monrovia at -0:44:30 until 1972.
        for (name, second, text) in [
            (newYorkName, Int64(-3_000_000_000), "1874-12-07T13:44:00-04:56"),
            ("Africa/Monrovia", 1, "1969-12-31T23:16:01-00:44"),
        ] {
            let zone = try Zone(named: name)
            let instant = Instant(seconds: second)
            #expect(zone.rfc3339(instant) == text)
            #expect(try zone.parse(text, now: instant) == instant)
        }
    }
}
