/// Bytes on their way out, in memory of their own: an array would ask at each byte whether there is room, and a cell
/// asks once.
@safe
struct CSVBlock: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        unsafe start = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit { unsafe start.deallocate() }

    func withSpan<Result, Failure: Error>(
        _ body: (borrowing Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
        return try body(unsafe Span(_unsafeElements: bytes))
    }

    /// The bytes as an array of their own; the block begins anew in the same memory.
    mutating func take() -> [UInt8] {
        defer { count = 0 }
        return unsafe Array(UnsafeBufferPointer(start: start, count: count))
    }

    mutating func removeAll() {
        count = 0
    }

    mutating func append(_ byte: UInt8) {
        makeRoom(1)
        unsafe start[count] = byte
        count += 1
    }

    mutating func append(_ bytes: borrowing Span<UInt8>) {
        makeRoom(bytes.count)
        let place = unsafe start.advanced(by: count)
        unsafe bytes.withUnsafeBufferPointer { bytes in
            if let first = bytes.baseAddress { unsafe place.update(from: first, count: bytes.count) }
        }
        count += bytes.count
    }

    /// What `write` appends, at most so many bytes.
    mutating func append(atMost most: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
        makeRoom(most)
        let room = unsafe UnsafeMutableBufferPointer(start: start.advanced(by: count), count: most)
        var output = unsafe OutputSpan(buffer: room, initializedCount: 0)
        write(&output)
        count += unsafe output.finalize(for: room)
    }

    /// A whole number in full.
    mutating func append(number: Int) {
        // A sign and the digits of the largest.
        makeRoom(20)
        var rest = number.magnitude
        if number < 0 { put(UInt8(ascii: "-")) }
        if rest < 10 { return put(Self.digit(rest)) }
        var digits = 0
        var power: UInt = 1
        while digits < 19, rest / 10 >= power {
            power *= 10
            digits += 1
        }
        // The last digit first, each at its place.
        var place = count + digits
        count = place + 1
        repeat {
            let (tens, digit) = rest.quotientAndRemainder(dividingBy: 10)
            unsafe start[place] = Self.digit(digit)
            rest = tens
            place -= 1
        } while rest > 0
    }

    /// Puts a text as it is, unless one of its bytes asks for quotes.
    ///
    /// - Returns: whether it was put.
    mutating func appendUnquoted(_ bytes: borrowing Span<UInt8>) -> Bool {
        makeRoom(bytes.count)
        guard !bytes.isEmpty else { return true }
        if Byte.isBlank(bytes[0]) || Byte.isBlank(bytes[bytes.count - 1]) { return false }
        let target = unsafe start.advanced(by: count)
        for index in bytes.indices {
            let byte = bytes[index]
            if !Byte.isPlain(byte), Byte.needsQuotes(byte) { return false }
            unsafe target[index] = byte
        }
        count += bytes.count
        return true
    }

    /// One byte for which there is room.
    private mutating func put(_ byte: UInt8) {
        unsafe start[count] = byte
        count += 1
    }

    private static func digit(_ number: UInt) -> UInt8 {
        UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number)
    }

    private mutating func makeRoom(_ more: Int) {
        if capacity - count < more { grow(by: more) }
    }

    @inline(never)
    private mutating func grow(by more: Int) {
        capacity = max(2 * capacity, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        unsafe larger.update(from: start, count: count)
        unsafe start.deallocate()
        unsafe start = unsafe larger
    }
}
