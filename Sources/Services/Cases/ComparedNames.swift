internal import Storage

/// The names of a client, prepared to be compared with those of many others.
struct ComparedNames {
    private let first: Name
    private let last: Name

    init(of client: ClientRecord) {
        first = Name(client.firstName)
        last = Name(client.lastName)
    }

    /// One letter of difference in each name, as by a typing mistake, or the two names exchanged.
    func areNear(_ other: ComparedNames) -> Bool {
        (first.isNear(other.first) && last.isNear(other.last)) || (first == other.last && last == other.first)
    }

    /// A name without case.
    private struct Name: Equatable {
        private let text: String
        /// Its bytes where each is a letter, as in most names; else `nil`.
        private let bytes: [UInt8]?

        init(_ name: String) {
            text = name.lowercased()
            // A carriage return before a line feed is one letter with it.
            let isPlain = text.utf8.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "\r") }
            bytes = isPlain ? Array(text.utf8) : nil
        }

        static func == (left: Name, right: Name) -> Bool {
            if let left = left.bytes, let right = right.bytes { return left == right }
            return left.text == right.text
        }

        func isNear(_ other: Name) -> Bool {
            if let bytes, let others = other.bytes { return Self.differInOne(bytes, others) }
            return Self.differInOne(Array(text), Array(other.text))
        }

        /// Whether at most one letter has to be added, removed or replaced: all others stand before or behind it.
        private static func differInOne<Letter: Equatable>(_ left: [Letter], _ right: [Letter]) -> Bool {
            let (shorter, longer) = left.count < right.count ? (left, right) : (right, left)
            guard longer.count - shorter.count <= 1 else { return false }
            var before = 0
            while before < shorter.count, shorter[before] == longer[before] { before += 1 }
            var behind = 0
            while behind < shorter.count - before,
                shorter[shorter.count - 1 - behind] == longer[longer.count - 1 - behind]
            {
                behind += 1
            }
            return longer.count - before - behind <= 1
        }
    }
}
