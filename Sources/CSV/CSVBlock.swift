/// Bytes on their way out, in memory of their own: an array would ask at each byte whether there is room.
///
/// Room for a short cell is there at any time (`spare`): what is put is not asked for, and who has put a cell asks once
/// (`keepRoom`).
@safe
struct CSVBlock: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    /// Bytes beyond which more room is made; the memory holds `spare` more.
    private var limit: Int
    private(set) var count = 0

    /// More than a comma and two whole numbers with a hyphen between.
    private static let spare = 64

    init(capacity: Int) {
        unsafe start = Self.memory(limit: capacity)
        limit = capacity
    }

    deinit { unsafe start.deallocate() }

    func withSpan<Result, Failure: Error>(
        _ body: (borrowing Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
        return try body(unsafe Span(_unsafeElements: bytes))
    }

    /// The bytes without a copy; the block begins anew in other memory.
    mutating func take() -> WrittenBytes {
        let taken = unsafe WrittenBytes(start: start, count: count)
        unsafe start = Self.memory(limit: limit)
        count = 0
        return taken
    }

    mutating func removeAll() {
        count = 0
    }

    mutating func append(_ byte: UInt8) {
        put(byte)
        keepRoom()
    }

    mutating func append(_ bytes: borrowing Span<UInt8>) {
        makeRoom(bytes.count)
        let place = unsafe start.advanced(by: count)
        unsafe bytes.withUnsafeBufferPointer { bytes in
            if let first = bytes.baseAddress { unsafe place.update(from: first, count: bytes.count) }
        }
        count += bytes.count
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
    mutating func put(_ byte: UInt8) {
        assert(count < limit + Self.spare, "who has put a cell asks for more room")
        unsafe start[count] = byte
        count += 1
    }

    /// The first bytes of four words, of each the lowest byte first, where there is room for all of them.
    mutating func put(_ words: (UInt64, UInt64, UInt64, UInt64), count bytes: Int) {
        let room = 4 * MemoryLayout<UInt64>.size
        precondition((0...room).contains(bytes), "four words hold no more bytes")
        assert(count + room <= limit + Self.spare, "who has put a cell asks for more room")
        let place = unsafe UnsafeMutableRawPointer(start.advanced(by: count))
        // All of them, whatever is wanted: what follows overwrites the rest.
        unsafe place.storeBytes(of: words.0.littleEndian, as: UInt64.self)
        unsafe place.storeBytes(of: words.1.littleEndian, toByteOffset: 8, as: UInt64.self)
        unsafe place.storeBytes(of: words.2.littleEndian, toByteOffset: 16, as: UInt64.self)
        unsafe place.storeBytes(of: words.3.littleEndian, toByteOffset: 24, as: UInt64.self)
        count += bytes
    }

    /// The digits of a number for which there is room, with zeros in front up to so many; twenty at most.
    mutating func put(_ number: UInt, digits least: Int = 1) {
        if number < 100, least == 1 {
            if number >= 10 { put(Self.digit(number / 10)) }
            return put(Self.digit(number % 10))
        }
        precondition(least <= 20, "no number has more digits")
        var digits = 1
        var bound: UInt = 10
        while digits < 20, number >= bound {
            digits += 1
            bound = bound &* 10
        }
        digits = max(digits, least)
        assert(count + digits <= limit + Self.spare, "who has put a cell asks for more room")
        // The last digit first, each at its place.
        let first = count
        count += digits
        var place = count
        var rest = number
        while place > first {
            place -= 1
            let (tens, digit) = rest.quotientAndRemainder(dividingBy: 10)
            unsafe start[place] = Self.digit(digit)
            rest = tens
        }
    }

    /// Makes room for the next cell, after one has been put.
    mutating func keepRoom() {
        if count > limit { grow(by: 0) }
    }

    private static func digit(_ number: UInt) -> UInt8 {
        UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number)
    }

    private mutating func makeRoom(_ more: Int) {
        if limit - count < more { grow(by: more) }
    }

    private static func memory(limit: Int) -> UnsafeMutablePointer<UInt8> {
        UnsafeMutablePointer<UInt8>.allocate(capacity: limit + spare)
    }

    @inline(never)
    private mutating func grow(by more: Int) {
        limit = max(2 * limit, count + more)
        let larger = unsafe Self.memory(limit: limit)
        unsafe larger.update(from: start, count: count)
        unsafe start.deallocate()
        unsafe start = unsafe larger
    }
}
