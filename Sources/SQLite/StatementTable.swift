/// The compiled forms of the literals that a connection has met, found by the fingerprint of each.
///
/// A fingerprint is a hash already: a Dictionary would hash it once more, which costs more than all else that is done to
/// find a statement.
final class StatementTable {
    private struct Entry {
        let fingerprint: UInt
        let statement: CachedStatement
    }

    /// A power of two of places, more than half of them free. Who finds a place taken goes to the next.
    private var places: [Entry?]
    private var count = 0
    /// How far a fingerprint is shifted to give a place: its high bits depend on every piece of the literal.
    private var shift: UInt

    /// Places at first, as a power of two; arbitrary, and enough for most commands.
    private static let firstBits = 7

    init() {
        places = [Entry?](repeating: nil, count: 1 << Self.firstBits)
        shift = UInt(UInt.bitWidth - Self.firstBits)
    }

    /// The form of a literal, if it was met before.
    func find(_ sql: SQL) -> CachedStatement? {
        let places = places
        var place = Int(truncatingIfNeeded: sql.fingerprint &>> shift)
        while let entry = places[place] {
            // Two literals may share a fingerprint.
            if entry.fingerprint == sql.fingerprint, entry.statement.matches(sql) { return entry.statement }
            place = (place + 1) & (places.count - 1)
        }
        return nil
    }

    /// Keeps a form under a fingerprint, behind those that were kept under it before.
    func insert(_ statement: CachedStatement, under fingerprint: UInt) {
        // Changed outside of the object and put back: where an array is changed in its place, each reading of it is
        // checked when the program runs.
        var places = places
        self.places = []
        count += 1
        if count * 2 > places.count {
            let entries = places
            places = [Entry?](repeating: nil, count: entries.count * 2)
            shift -= 1
            for entry in entries { if let entry { put(entry, into: &places) } }
        }
        put(Entry(fingerprint: fingerprint, statement: statement), into: &places)
        self.places = places
    }

    private func put(_ entry: Entry, into places: inout [Entry?]) {
        var place = Int(truncatingIfNeeded: entry.fingerprint &>> shift)
        while places[place] != nil { place = (place + 1) & (places.count - 1) }
        places[place] = entry
    }

    /// All of them, in no order.
    var values: [CachedStatement] { places.compactMap { $0?.statement } }

    /// Ends all of them.
    func finalize() {
        for statement in values { statement.finalize() }
        places = [Entry?](repeating: nil, count: places.count)
        count = 0
    }
}
