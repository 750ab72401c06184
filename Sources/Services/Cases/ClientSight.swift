package import Storage

/// By which of a client's cases a site sees the client.
package enum ClientSight {
    /// The cases that stand. While none does, the voided ones: whoever entered a client by mistake, or voided the only
    /// case, still finds the client, to correct it or to open the right case. A site whose cases were all voided sees a
    /// client of another site no longer.
    ///
    /// - Parameter episodes: every case of the client, at whatever site.
    package static func cases(among episodes: [EpisodeRecord]) -> [EpisodeRecord] {
        let standing = episodes.filter { $0.voidedAt == nil }
        return standing.isEmpty ? episodes : standing
    }
}
