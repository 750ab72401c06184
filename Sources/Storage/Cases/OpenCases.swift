package import CrisisCare
package import SQLite

extension EpisodeStore {
    /// The numbers of the episodes that are not discharged, in their order; voided ones are left out.
    ///
    /// The index over open episodes is named, so that the cost is theirs, whatever the archive holds.
    package static func openNumbers<Mode>(
        at sites: SiteScope,
        in db: borrowing Access<Mode>
    ) throws -> [CaseNumber] {
        let found = try db.all(
            """
            SELECT site, case_order FROM episode INDEXED BY episode_open
            WHERE discharged_at IS NULL AND voided_at IS NULL
            ORDER BY case_order
            """
        ) { row in (site: try row.id(0) as SiteID, number: CaseNumber(order: try row.int64(1))) }
        return found.filter { sites.contains($0.site) }.map(\.number)
    }
}
