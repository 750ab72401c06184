/// The agency's time zone, by the system's tz database.
///
/// Neither the host's zone nor the reader's `TZ` plays a part. Making one sets `TZ` for the whole process, because the
/// C library has no other way; make it before a second thread starts. After that it may be used from any thread.
package struct Zone: Sendable, Equatable {
    /// As in the tz database: `America/New_York`.
    package let name: String
    private let cache: OffsetCache

    /// Throws when the database or the zone is missing or damaged, or the name is none.
    package init(named name: String) throws(ZoneError) {
        let sample = try ZoneFile.check(name)
        self.name = name
        cache = OffsetCache.of(name)
        _ = cache.offset(at: 0)
        if let sample {
            let offset = SystemZone.withOffsets(of: name) { offset in offset(sample.second) }
            guard offset == sample.offset else { throw .unreadable(name: name) }
        }
    }

    /// Seconds east of UTC.
    package func offset(at instant: Instant) -> Int {
        cache.offset(at: instant.seconds)
    }

    /// What the clock on the wall shows.
    package func local(_ instant: Instant) -> LocalTime {
        LocalTime(secondsOnClock: instant.seconds + Int64(offset(at: instant)))
    }

    /// The civil date on which the instant falls here.
    package func date(of instant: Instant) -> CivilDate {
        local(instant).date
    }

    package static func == (left: Zone, right: Zone) -> Bool {
        left.name == right.name
    }
}
