package import CivilTime
internal import CrisisCare
internal import SQLite
package import Services
package import Storage

/// What the audit is asked for, by the names that people use.
package struct AuditQuery: Sendable {
    package var caseText: String?
    package var login: String?
    package var action: String?
    package var outcome: String?
    package var since: Instant?
    /// The first instant that is too late.
    package var before: Instant?
    package var limit: Int?

    package init() {}

    fileprivate var filter: AuditFilter {
        var filter = AuditFilter()
        filter.login = login
        filter.action = action
        filter.outcome = outcome
        filter.since = since
        filter.before = before
        filter.limit = limit
        return filter
    }
}

extension Session {
    package static var auditColumns: [Column] {
        [
            Column("seq", "Entry", .trailing), Column("at", "At"), Column("login", "Login"),
            Column("os_user", "System user"), Column("case_number", "Case"), Column("action", "Action"),
            Column("outcome", "Outcome"), Column("command", "Command", .trailing), Column("detail", "Detail"),
            Column("detail_withheld", "Withheld"),
        ]
    }

    /// The columns of `export audit`: the list's, and what the hashes are computed from besides.
    package static var auditFileColumns: [Column] {
        auditColumns + [
            Column("record", "Record", .trailing), Column("program_version", "Program"), Column("hash", "Hash"),
        ]
    }

    /// The entries of the audit that the person may see, the newest first.
    package borrowing func auditListing(_ query: AuditQuery) throws -> Listing {
        func requireLogin(_ db: borrowing Access<Writing>, _: inout NamedClients) throws {
            // One that nobody has may have been tried all the same.
            guard let login = query.login, try !AuditStore.hasEntries(of: login, in: db) else { return }
            _ = try Directory.load(in: db, hasCodes: false).requireStaff(login)
        }
        return try read("audit list", needing: .readAudit, of: query.caseText, authorize: requireLogin) { db in
            var listing = Listing(columns: Self.auditColumns)
            let visibility = AuditVisibility(actor)
            var filter = query.filter
            if let text = query.caseText {
                let record = try CaseFinder.find(voidedToo: text, in: db) ?? CaseFinder.find(text, in: db)
                filter.episode = record.id
                // Who may look into the audit of the case was asked before.
                filter.clients = try Self.clients(of: record, in: db)
            } else {
                filter.scope = actor.scope(of: .readAudit)
            }
            try AuditStore.forEach(filter, in: db) { row in
                var row = row
                let detail = RecordedDetail(row.stored.entry.detail)
                // People read times; the file for other programs keeps what the hashes were computed from.
                if let text = detail?.json(instants: zone.rfc3339) { row.stored.entry.detail = text }
                let isShown = try visibility.showsDetail(of: row, in: db)
                listing.append(row.cells(showingDetail: isShown))
                if row.isPart2 { listing.isPart2 = true }
            }
            return listing
        }
    }

    /// The case's client and those merged into that one, whose entries go with the case's; none to a site that does not
    /// see the client by it.
    private static func clients(
        of record: EpisodeRecord,
        in db: borrowing Access<SQLite.Reading>
    ) throws -> [ClientID] {
        guard try EpisodeStore.sites(of: record.client, in: db).contains(record.site) else { return [] }
        return [record.client] + (try ClientMergeStore.merges(into: record.client, in: db).map(\.duplicate))
    }

    /// The rows of `export audit`, the oldest first: the entries made in a period that the person may see.
    package borrowing func exportAudit(in period: Period, _ body: ([Cell]) throws -> Void) throws -> ExportContents {
        try read("export audit", needing: .readAudit) { db in
            var contents = ExportContents()
            let visibility = AuditVisibility(actor)
            var filter = AuditFilter()
            filter.isOldestFirst = true
            filter.since = period.from == nil ? nil : period.start(in: zone)
            filter.before = period.to == nil ? nil : period.end(in: zone)
            filter.scope = actor.scope(of: .readAudit)
            try AuditStore.forEach(filter, in: db) { row in
                let isShown = try visibility.showsDetail(of: row, in: db)
                try body(row.cells(showingDetail: isShown) + row.moreCells)
                if row.isPart2 { contents.isPart2 = true }
            }
            return contents
        }
    }

    /// Computes every hash of the audit again.
    ///
    /// - Parameter noted: the hash of a head that was noted earlier, to be looked for.
    package borrowing func verifyAudit(lookingFor noted: [UInt8]? = nil) throws -> AuditVerification {
        try read("audit verify", needing: .inspect) { db in try AuditVerification(of: db, lookingFor: noted) }
    }
}

extension AuditRow {
    fileprivate func cells(showingDetail isShown: Bool) -> [Cell] {
        let entry = stored.entry
        return [
            .int(Int(stored.sequence)), .instant(entry.at),
            // What was typed as a login that nobody has is a text like any other.
            .text(entry.login), .text(entry.osUser), .ifPresent(caseNumber) { .code($0.description) },
            .code(entry.action), .code(entry.outcome), .ifPresent(entry.command) { .int(Int($0)) },
            isShown && !entry.detail.isEmpty ? .text(entry.detail) : .null, .bool(!isShown && !entry.detail.isEmpty),
        ]
    }

    fileprivate var moreCells: [Cell] {
        [
            .ifPresent(stored.entry.record) { .int(Int($0)) }, .code(stored.entry.programVersion),
            .code(stored.hash.hexadecimal),
        ]
    }
}

extension [UInt8] {
    /// Two lower-case digits for each byte.
    package var hexadecimal: String {
        let digits = Array<UInt8>("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
