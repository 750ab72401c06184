internal import CrisisCare
internal import Storage

/// The names of several clients, prepared to be compared with each other.
struct ComparedNames {
    private let clients: [Client]
    /// The letters of the plain names, without case.
    private let letters: [UInt8]

    private struct Client {
        let id: ClientID
        let first: Name
        let last: Name
    }

    /// A name without case.
    private enum Name {
        /// Each byte is a letter, as in most names; where they stand among the letters.
        case plain(Range<Int>)
        case other(String)
    }

    init(of names: ClientNames) {
        var letters = names.bytes
        for place in letters.indices where (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letters[place]) {
            letters[place] |= 0x20
        }
        func name(_ place: Range<Int>) -> Name {
            // A carriage return before a line feed is one letter with it.
            for byte in letters[place] where byte >= 0x80 || byte == UInt8(ascii: "\r") {
                return .other(String(decoding: names.bytes[place], as: UTF8.self).lowercased())
            }
            return .plain(place)
        }
        clients = names.clients.map { Client(id: $0.id, first: name($0.first), last: name($0.last)) }
        self.letters = letters
    }

    var indices: Range<Int> { clients.indices }

    func id(_ index: Int) -> ClientID { clients[index].id }

    /// One letter of difference in each name, as by a typing mistake, or the two names exchanged.
    func areNear(_ one: Int, _ other: Int) -> Bool {
        let (left, right) = (clients[one], clients[other])
        return (isNear(left.first, right.first) && isNear(left.last, right.last))
            || (isSame(left.first, right.last) && isSame(left.last, right.first))
    }

    private func text(_ name: Name) -> String {
        switch name {
        case .plain(let place): String(decoding: letters[place], as: UTF8.self)
        case .other(let text): text
        }
    }

    private func isSame(_ left: Name, _ right: Name) -> Bool {
        if case .plain(let left) = left, case .plain(let right) = right {
            return left.count == right.count && letters[left].elementsEqual(letters[right])
        }
        return text(left) == text(right)
    }

    private func isNear(_ left: Name, _ right: Name) -> Bool {
        if case .plain(let left) = left, case .plain(let right) = right {
            return Self.differInOne(letters[left], letters[right])
        }
        return Self.differInOne(Array(text(left))[...], Array(text(right))[...])
    }

    /// Whether at most one letter has to be added, removed or replaced: all others stand before or behind it.
    private static func differInOne<Letter: Equatable>(_ left: ArraySlice<Letter>, _ right: ArraySlice<Letter>) -> Bool
    {
        let (shorter, longer) = left.count < right.count ? (left, right) : (right, left)
        guard longer.count - shorter.count <= 1 else { return false }
        var before = 0
        while before < shorter.count,
            shorter[shorter.startIndex + before] == longer[longer.startIndex + before]
        {
            before += 1
        }
        var behind = 0
        while behind < shorter.count - before,
            shorter[shorter.endIndex - 1 - behind] == longer[longer.endIndex - 1 - behind]
        {
            behind += 1
        }
        return longer.count - before - behind <= 1
    }
}
