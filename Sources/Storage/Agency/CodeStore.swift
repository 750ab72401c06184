internal import CivilTime
package import CrisisCare
package import SQLite

/// The open code lists, with the retired codes, whose rows stay readable.
package struct CodeBook: Sendable {
    private var idsByText: [CodeList: [String: CodeID]] = [:]
    private var textsByID: [CodeID: String] = [:]
    private var retired: Set<CodeID> = []

    /// Without any code.
    package init() {}

    /// The text of a stored code.
    package func text(_ id: CodeID?) -> String? {
        id.flatMap { textsByID[$0] }
    }

    /// The stored code of a text, retired ones included.
    package func id(_ text: String, in list: CodeList) -> CodeID? {
        idsByText[list]?[text]
    }

    /// The texts of a list that may be used for new entries, in the list's order.
    package func texts(of list: CodeList) -> [String] {
        (idsByText[list] ?? [:]).filter { !retired.contains($0.value) }
            .sorted { $0.value < $1.value }
            .map(\.key)
    }

    package func isRetired(_ id: CodeID) -> Bool {
        retired.contains(id)
    }

    fileprivate mutating func add(_ id: CodeID, _ list: CodeList, _ text: String, isRetired: Bool) {
        idsByText[list, default: [:]][text] = id
        textsByID[id] = text
        if isRetired { retired.insert(id) }
    }
}

package enum CodeStore {
    /// Codes of one list that can be numbered: the list's thousand.
    private static let perList: Int64 = 1000

    package static func book<Mode>(in db: borrowing Access<Mode>) throws -> CodeBook {
        var book = CodeBook()
        try db.forEach("SELECT id, list, code, retired_at FROM code") { row in
            guard let list = CodeList(rawValue: try row.int(1)) else { throw UnknownCode() }
            book.add(try row.id(0), list, try row.text(2), isRetired: !row.isNull(3))
        }
        return book
    }

    /// Adds the codes that `init` ships; towns come with the schema.
    package static func insertShipped(in db: borrowing Access<Writing>) throws {
        for list in CodeList.allCases {
            for (index, text) in list.shipped.enumerated() {
                let id = Int64(list.rawValue) * perList + Int64(index)
                try db.execute("INSERT INTO code (id, list, code) VALUES (\(id), \(list.rawValue), \(text))")
            }
        }
    }
}
