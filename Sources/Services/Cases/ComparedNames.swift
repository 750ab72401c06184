internal import CrisisCare
internal import Storage

/// The names of several clients, prepared to be compared with each other.
///
/// An import compares tens of millions of pairs: to compare two plain names touches their letters and nothing else.
struct ComparedNames {
    private let clients: [Client]
    /// The letters of the plain names, without case.
    private let letters: [UInt8]
    /// The names that are not plain, without case.
    private let texts: [[Character]]

    private struct Client {
        let id: ClientID
        let first: Name
        let last: Name
    }

    /// A name without case.
    private enum Name {
        /// Each byte is a letter, as in most names; where they stand among the letters.
        case plain(Range<Int>)
        /// Which of the texts.
        case other(Int)
    }

    init(of names: ClientNames) {
        var letters = names.bytes
        var texts: [[Character]] = []
        for place in letters.indices where (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letters[place]) {
            letters[place] |= 0x20
        }
        func name(_ place: Range<Int>) -> Name {
            // A carriage return before a line feed is one letter with it.
            for byte in letters[place] where byte >= 0x80 || byte == UInt8(ascii: "\r") {
                texts.append(Array(String(decoding: names.bytes[place], as: UTF8.self).lowercased()))
                return .other(texts.count - 1)
            }
            return .plain(place)
        }
        clients = names.clients.map { Client(id: $0.id, first: name($0.first), last: name($0.last)) }
        self.letters = letters
        self.texts = texts
    }

    var indices: Range<Int> { clients.indices }

    func id(_ index: Int) -> ClientID { clients[index].id }

    /// One letter of difference in each name, as by a typing mistake, or the two names exchanged.
    func areNear(_ one: Int, _ other: Int) -> Bool {
        let (left, right) = (clients[one], clients[other])
        return (isNear(left.first, right.first) && isNear(left.last, right.last))
            || (isSame(left.first, right.last) && isSame(left.last, right.first))
    }

    private func isSame(_ left: Name, _ right: Name) -> Bool {
        if case .plain(let left) = left, case .plain(let right) = right {
            return Self.areSame(letters.span.extracting(left), letters.span.extracting(right))
        }
        return Self.areSame(text(left).span, text(right).span)
    }

    private func isNear(_ left: Name, _ right: Name) -> Bool {
        if case .plain(let left) = left, case .plain(let right) = right {
            return Self.differInOne(letters.span.extracting(left), letters.span.extracting(right))
        }
        return Self.differInOne(text(left).span, text(right).span)
    }

    private func text(_ name: Name) -> [Character] {
        switch name {
        case .plain(let place): letters[place].map { Character(Unicode.Scalar($0)) }
        case .other(let index): texts[index]
        }
    }

    private static func areSame<Letter: Equatable>(_ left: Span<Letter>, _ right: Span<Letter>) -> Bool {
        guard left.count == right.count else { return false }
        for place in left.indices where left[place] != right[place] { return false }
        return true
    }

    /// Whether at most one letter has to be added, removed or replaced: all others stand before or behind it.
    private static func differInOne<Letter: Equatable>(_ left: Span<Letter>, _ right: Span<Letter>) -> Bool {
        let least = min(left.count, right.count)
        let most = max(left.count, right.count)
        guard most - least <= 1 else { return false }
        var before = 0
        while before < least, left[before] == right[before] { before += 1 }
        var behind = 0
        while behind < least - before, left[left.count - 1 - behind] == right[right.count - 1 - behind] { behind += 1 }
        return most - before - behind <= 1
    }
}
