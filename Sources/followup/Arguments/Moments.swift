internal import CivilTime
internal import Services

/// Times and dates as people type them after an option, in the agency's zone at one reading of the clock.
struct Moments: Sendable {
    let zone: Zone
    let now: Instant

    var today: CivilDate { zone.date(of: now) }

    /// `2026-11-20T14:05`, with or without an offset, `now`, `14:05` or `9:05` of today, `yesterday 23:50`.
    func instant(_ text: String, _ option: String) throws(Failure) -> Instant {
        do throws(TimeTextError) {
            return try zone.parse(withDate(text), now: now)
        } catch {
            throw Failure.of(error, option, in: zone)
        }
    }

    /// `2026-11-20`, `today`, `yesterday`, `tomorrow`, `+3d`.
    func date(_ text: String, _ option: String) throws(Failure) -> CivilDate {
        do throws(TimeTextError) {
            return try zone.parseDate(text, today: today)
        } catch {
            throw Failure.of(error, option, in: zone)
        }
    }

    /// The text with its date written out, and its hour in two digits as the time of a watch is typed.
    private func withDate(_ text: String) -> String {
        let words = [
            ("today ", today), ("yesterday ", today.adding(days: -1)), ("tomorrow ", today.adding(days: 1)),
        ]
        for (word, date) in words where text.hasPrefix(word) {
            return "\(date) \(Self.padded(text.dropFirst(word.count)))"
        }
        let isTime = text.count <= "00:00".count && text.contains(":")
        return isTime ? "\(today) \(Self.padded(text[...]))" : text
    }

    private static func padded(_ time: Substring) -> String {
        let hour = time.prefix { $0 != ":" }
        return hour.count == 1 && hour != time ? "0\(time)" : String(time)
    }
}

extension Session {
    /// The instant of `--as-of`, for which a command answers; nil for now.
    func instant(asOf text: String?) throws(Failure) -> Instant? {
        guard let text else { return nil }
        return try Moments(zone: zone, now: now).instant(text, "--as-of")
    }
}
