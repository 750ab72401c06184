package import CivilTime
package import CrisisCare
package import SQLite

/// A code of a list, as an administrator sees it.
package struct ListedCode: Sendable {
    package var id: CodeID
    package var list: CodeList
    package var text: String
    package var isRetired: Bool
}

extension CodeStore {
    /// How many codes a list can hold: its thousand of numbers.
    package static let most = 1000

    /// The codes of one list, or of all, in the order in which they are offered.
    package static func codes<Mode>(of list: CodeList?, in db: borrowing Access<Mode>) throws -> [ListedCode] {
        let first = (list?.rawValue ?? 0) * most
        let end = list.map { ($0.rawValue + 1) * most } ?? Int.max
        return try db.all(
            "SELECT id, list, code, retired_at FROM code WHERE id >= \(first) AND id < \(end) ORDER BY id"
        ) { row in
            guard let list = CodeList(rawValue: try row.int(1)) else { throw UnknownCode() }
            return ListedCode(id: try row.id(0), list: list, text: try row.text(2), isRetired: !row.isNull(3))
        }
    }

    /// - Parameter place: the code's place in its list, from 0 to `most` - 1.
    package static func insert(
        _ text: String,
        at place: Int,
        of list: CodeList,
        in db: borrowing Access<Writing>
    ) throws -> CodeID {
        let id = CodeID(Int64(list.rawValue * most + place))
        try db.execute("INSERT INTO code (id, list, code) VALUES (\(id), \(list.rawValue), \(text))")
        return id
    }

    /// Retires a code, or with `nil` brings it back.
    package static func retire(_ id: CodeID, at instant: Instant?, in db: borrowing Access<Writing>) throws {
        try db.execute("UPDATE code SET retired_at = \(instant) WHERE id = \(id)")
    }
}
