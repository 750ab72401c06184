package import CivilTime
package import CrisisCare
package import Services
internal import Storage

/// What a worklist is asked for, by the names that people use.
package struct WorklistQuery: Sendable {
    package var asOf: Instant?
    package var clinician: String?
    package var site: String?
    package var program: String?
    package var kind: DeadlineKind?
    package var withinDays: Int?
    package var limit: Int?

    package init() {}

    fileprivate func request(_ directory: Directory) throws -> WorklistRequest {
        var request = WorklistRequest()
        request.asOf = asOf
        request.withinDays = withinDays
        request.limit = limit
        request.filter.clinician = try clinician.map { try directory.requireStaff($0).id }
        request.filter.site = try site.map { try directory.requireSite($0).id }
        request.filter.program = try program.map { try directory.requireProgram($0) }
        request.filter.kind = kind
        return request
    }
}

extension Session {
    /// Reads what is owed, and hands it on with the names to show it by.
    ///
    /// - Parameter permission: to read cases, whose rows are shown; or to read figures, where they are only counted.
    package borrowing func worklist(
        _ action: String,
        _ query: WorklistQuery,
        needing permission: Permission = .readCases
    ) throws -> (Worklist, Directory) {
        try read(action, needing: permission) { db in
            // Stored deadlines come with their words; those of an earlier instant are put into words from the codes.
            let isEarlier = query.asOf.map { $0 < now } ?? false
            let context = try RuleContext(now: now, zone: zone, in: db, hasCodes: isEarlier)
            let request = try query.request(context.directory)
            let scope = actor.scope(of: permission)
            return (try Worklist.read(request, within: scope, context, in: db), context.directory)
        }
    }
}
