internal import CivilTime

extension Moments {
    /// The instant from which something is meant: a time, or a day from its first second.
    func start(_ text: String, _ option: String) throws(Failure) -> Instant {
        do throws(TimeTextError) {
            return zone.startOfDay(try zone.parseDate(text, today: today))
        } catch {
            return try instant(text, option)
        }
    }
}
