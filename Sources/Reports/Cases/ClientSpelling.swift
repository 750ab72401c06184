/// Tells the spellings of a name that are one slip of the keyboard apart.
enum ClientSpelling {
    /// Shorter words are near to too many others; arbitrary.
    static let fewestLetters = 3

    /// Whether one letter was added, left out or replaced, or two neighbors changed places.
    static func isOneSlip(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Bool {
        guard left != right, abs(left.count - right.count) <= 1 else { return false }
        var start = 0
        while start < min(left.count, right.count), left[start] == right[start] { start += 1 }
        var (leftEnd, rightEnd) = (left.count, right.count)
        while leftEnd > start, rightEnd > start, left[leftEnd - 1] == right[rightEnd - 1] {
            leftEnd -= 1
            rightEnd -= 1
        }
        // What is left in the middle is where the words differ.
        let (leftRest, rightRest) = (left[start..<leftEnd], right[start..<rightEnd])
        if leftRest.count <= 1, rightRest.count <= 1 { return true }
        return leftRest.count == 2 && rightRest.count == 2 && Array(leftRest) == rightRest.reversed()
    }
}
