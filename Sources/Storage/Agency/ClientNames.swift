package import CrisisCare
internal import SQLite

/// The names of many clients, one after the other in one piece of memory: to compare them takes no String of each.
package struct ClientNames: Sendable {
    package struct Client: Sendable {
        package let id: ClientID
        /// Where the names stand among the bytes.
        package let first: Range<Int>
        package let last: Range<Int>
    }

    /// In UTF-8.
    package private(set) var bytes: [UInt8] = []
    package private(set) var clients: [Client] = []

    /// Adds a client of a row of key, first and last name.
    mutating func append(_ row: borrowing Statement) throws {
        let id: ClientID = try row.id(0)
        clients.append(
            Client(id: id, first: try row.appendText(1, to: &bytes), last: try row.appendText(2, to: &bytes))
        )
    }

    package mutating func append(_ client: ClientRecord) {
        let first = bytes.count
        bytes.append(contentsOf: client.firstName.utf8)
        let last = bytes.count
        bytes.append(contentsOf: client.lastName.utf8)
        clients.append(Client(id: client.id, first: first..<last, last: last..<bytes.count))
    }
}
