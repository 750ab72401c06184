package import CivilTime
package import CrisisCare
internal import Services
internal import Storage

/// Which episodes `episode list` shows, by the names that people use.
package struct EpisodeQuery: Sendable {
    package var period = Period()
    package var asOf: Instant?
    package var openOnly = true
    package var clinician: String?
    package var site: String?
    package var program: String?
    /// All of them have to hold.
    package var traits: [EpisodeTrait] = []
    /// Only warm transfers of which something is to be told back; closed cases are among them.
    package var owesDisposition = false
    /// Only the rows behind this case, in the order of the list: the next page.
    package var after: String?
    package var limit: Int?

    package init() {}

    func narrowing(_ directory: Directory, in zone: Zone, after record: EpisodeRecord?) throws -> EpisodeNarrowing {
        var narrowing = EpisodeNarrowing()
        narrowing.kind = owesDisposition ? .dispositionOwed : openOnly ? .open : .all
        narrowing.openOnly = openOnly
        narrowing.clinician = try clinician.map { try directory.requireStaff($0).id }
        narrowing.site = try site.map { try directory.requireSite($0).id }
        narrowing.program = try program.map { try directory.requireProgram($0) }
        narrowing.calledFrom = period.start(in: zone)
        narrowing.calledBefore = period.end(in: zone)
        narrowing.after = record.map { ($0.callReceivedAt, $0.caseNumber) }
        narrowing.traits = traits
        return narrowing
    }
}

extension EpisodeNarrowing {
    /// One for each site of a person who sees some alone, so that each is served by the index over its open cases.
    ///
    /// The cases of one clinician have an index of their own, and archives are read by the time of the call: there the
    /// rows of other sites are left to the reader.
    func parts(within scope: SiteScope) -> [EpisodeNarrowing] {
        guard case .some(let sites) = scope, kind == .open, clinician == nil else { return [self] }
        return sites.filter { site == nil || site == $0 }.sorted().map { only in
            var part = self
            part.site = only
            return part
        }
    }
}
