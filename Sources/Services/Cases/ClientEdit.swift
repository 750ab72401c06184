package import CivilTime
package import CrisisCare
internal import SQLite
internal import Storage

/// A correction of who a client is; what is `nil` stays.
package struct ClientCorrection: Sendable {
    package var firstName: String?
    package var lastName: String?
    package var birthDate: CivilDate?
    package var sex: Sex?
    /// The version that the editor had seen; an edit of an older one is refused.
    package var readVersion: Int?

    package init() {}

    var isEmpty: Bool {
        firstName == nil && lastName == nil && birthDate == nil && sex == nil
    }
}

/// What an edit of a client leaves to be shown.
package struct ClientChange: Sendable {
    package let clientRef: String
    package let version: Int
    package let warnings: [String]
}

extension Session {
    /// Corrects a client's name, birth date or sex. Old and new values are audited.
    package borrowing func editClient(
        _ text: String,
        _ correction: ClientCorrection,
        reason: String,
        isDryRun: Bool = false
    ) throws -> ClientChange {
        try change("client edit", needing: .writeCases, ofClient: text, isDryRun: isDryRun) { change, db in
            let known = try ClientFinder.find(text, by: change.actor, needing: .writeCases, in: db)
            if let read = correction.readVersion, read != known.version {
                throw StaleClient.refusal(known.client, read: read, in: db)
            }
            let old = known.client
            var new = old
            new.firstName = correction.firstName ?? old.firstName
            new.lastName = correction.lastName ?? old.lastName
            new.birthDate = correction.birthDate ?? old.birthDate
            new.sex = correction.sex ?? old.sex
            if correction.birthDate != nil {
                // Born before now, and before every call about them.
                try new.checkBorn(before: known.episodes.map(\.callReceivedAt).min() ?? change.now, in: change.zone)
            }
            try new.checkLengths()
            var detail = AuditDetail()
            guard new != old else {
                detail.addClients([old])
                try change.audit(record: old.id.value, detail: detail.json, in: db)
                return ClientChange(clientRef: old.clientRef, version: known.version, warnings: [])
            }
            guard try ClientStore.update(new, from: old, readAtVersion: known.version, in: db) else {
                throw StaleClient.refusal(old, read: known.version, in: db)
            }
            detail.add("version", from: Int64(known.version), to: Int64(known.version + 1))
            detail.add("first_name", from: old.firstName, to: new.firstName)
            detail.add("last_name", from: old.lastName, to: new.lastName)
            detail.add("birth_date", from: old.birthDate, to: new.birthDate)
            detail.add("sex", from: old.sex.rawValue, to: new.sex.rawValue)
            detail.add("reason", from: nil, to: reason)
            detail.addClients([old])
            try change.audit(record: old.id.value, detail: detail.json, in: db)
            let near = try PossibleDuplicates.of(new, in: db).map(\.clientRef)
            return ClientChange(
                clientRef: old.clientRef,
                version: known.version + 1,
                warnings: near.isEmpty
                    ? [] : ["of nearly that name and the same birth date are also: " + near.joined(separator: ", ")]
            )
        }
    }
}

/// The refusal of an edit that was made from an older version of a client.
private enum StaleClient {
    /// Says which fields somebody else changed since, never their values.
    static func refusal(
        _ client: ClientRecord,
        read: Int,
        in db: borrowing Access<Writing>
    ) -> RuleViolation {
        var changes: [String] = []
        for action in ["client edit", ClientMergeAction.merge, ClientMergeAction.undo] {
            changes += (try? AuditStore.details(of: client.id.value, action: action, in: db)) ?? []
        }
        let later = changes.filter { AuditDetail.versionBefore(of: $0).map { $0 >= read } ?? false }
            .flatMap { AuditDetail.fields(of: $0) }
        var fields: [String] = []
        for field in later where !["version", "reason", AuditDetail.clients].contains(field) && !fields.contains(field)
        {
            fields.append(field)
        }
        let what = fields.isEmpty ? "" : ": " + fields.map { $0.replacing("_", with: " ") }.joined(separator: ", ")
        return RuleViolation(
            .staleEdit,
            "somebody else changed the client meanwhile" + what,
            remedy: "Look at it again and repeat your change: followup client show \(client.clientRef)"
        )
    }
}
