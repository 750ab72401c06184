internal import CrisisCare
package import Storage

/// The clients whom an entry of the audit is about, where no case says it.
package struct NamedClients: Sendable {
    package var clients: [ClientRecord]

    package init(_ clients: [ClientRecord] = []) {
        self.clients = clients
    }
}

extension AuditEntry {
    /// Names clients by their references; one alone is the entry's record too, by which it is found with the cases.
    mutating func name(_ named: NamedClients) {
        guard !named.clients.isEmpty, detail.isEmpty else { return }
        if named.clients.count == 1 { record = named.clients[0].id.value }
        var words = AuditDetail()
        words.addClients(named.clients)
        detail = words.json
    }
}

extension AuditDetail {
    /// Not the name of a field of any record.
    static let clients = "about_client"

    mutating func addClients(_ clients: [ClientRecord]) {
        add(Self.clients, from: nil, to: clients.map(\.clientRef).joined(separator: ", "))
    }
}

/// A refusal that tells a person that clients are on record: the audit keeps whose.
struct RevealingRefusal: Error {
    let refusal: RuleViolation
    let clients: NamedClients
}
