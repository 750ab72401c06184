package import Storage

/// An audit entry that tells of a change of the record, and not of something that was only read.
package struct RecordedChange: Sendable {
    package let action: String
    /// The names of the fields that were changed, in the order of the record.
    package let fields: [String]

    /// `nil` for a read, a print, and the entry that a command leaves for itself.
    ///
    /// A change names the record that it wrote or says what became of its fields; a read does neither, but may say why
    /// it was allowed.
    package init?(_ entry: AuditEntry) {
        let fields = AuditDetail.fields(of: entry.detail)
        let tellsChange = entry.record != nil || fields.contains { !Self.notOfTheRecord.contains($0) }
        guard tellsChange || Self.withoutDetail.contains(entry.action), !Self.harmless.contains(entry.action) else {
            return nil
        }
        action = entry.action
        self.fields = fields.filter { !Self.notOfTheRecord.contains($0) }
    }

    /// Whether it is about what the agency works with, not about its cases.
    package var isAdministration: Bool {
        Self.administration.contains(String(action.prefix { $0 != " " }))
    }

    /// Whether it is about a client, whom the entry's record names.
    package var isOfClient: Bool {
        action.hasPrefix("client ")
    }

    /// The version of a row, why a read was allowed, and whom an entry is about.
    private static let notOfTheRecord: Set<String> = ["version", "override_reason", AuditDetail.clients]
    /// Everything of the record is new in these, so that no field need be named.
    private static let withoutDetail: Set<String> = [
        "episode open", "episode import", "episode phone", "import", "init",
    ]
    /// What leaves the database as it was, though it names a record.
    private static let harmless: Set<String> = ["plan print", "client show", "client find"]
    private static let administration: Set<String> = ["staff", "site", "policy", "code", "holiday", "init", "backup"]
}
