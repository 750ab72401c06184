internal import CivilTime
internal import Storage

/// The keys of a session, which ascend from one of its changes to the next.
///
/// Were each change to begin at a place of its own, those of one second would meet sooner or later: after a hundred
/// imports of 50,000 cases they did.
final class SessionKeys {
    var maker: KeyMaker

    init(now: Instant) {
        maker = KeyMaker(now: now)
    }
}
