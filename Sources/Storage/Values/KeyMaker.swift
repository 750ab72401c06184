/// Makes the keys of new records: ascending in the order of entry, and never twice the same in a database.
///
/// A key is the number of the first audit entry that its change leaves, and ten digits that start at random and count up
/// from there. Changes write one after the other and each leaves an entry, so that no two of them begin with the same
/// number, whatever the clock says and however many begin at one time; what was undone leaves neither keys nor numbers.
/// Where they start is drawn so that those of two machines that work offline hardly ever meet.
package struct KeyMaker: Sendable {
    /// Where in a range a change starts.
    package typealias Draw = @Sendable (Range<Int64>) -> Int64

    /// Keys of one change: those of an import too, of which the largest takes a hundred million.
    package static let keysOfChange: Int64 = 10_000_000_000
    /// As many numbers fit into a key; a database with more audit entries begins again.
    private static let numbers = Int64.max / keysOfChange - 1

    private var last: Int64

    /// - Parameter sequence: the number of the audit's last entry, read under the lock under which the keys are used.
    package init(after sequence: Int64, drawing draw: Draw = { .random(in: $0) }) {
        let number = max(0, sequence) % Self.numbers + 1
        last = number * Self.keysOfChange + draw(0..<Self.keysOfChange / 2)
    }

    package mutating func next() -> Int64 {
        last += 1
        return last
    }
}
