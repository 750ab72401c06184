internal import Glibc

/// The one place where the program reads the clock; everything else is handed its `now`.
package enum SystemClock {
    /// The present instant, whole seconds, rounded down.
    package static func currentInstant() -> Instant {
        var now = timespec()
        let result = unsafe clock_gettime(CLOCK_REALTIME, &now)
        precondition(result == 0, "the realtime clock always exists and the pointer is valid")
        return Instant(seconds: Int64(now.tv_sec))
    }
}
