internal import Glibc

/// Lines that a person types.
final class LineReader {
    enum Line: Equatable {
        case text(String)
        /// Bytes that are no text, or keys such as the arrows, which a note must not keep.
        case unreadable
        case end
    }

    private let descriptor: Int32
    private var pending: [UInt8] = []

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// The next line without its end. A last line that is ended by Ctrl-D alone counts as a line.
    func next() throws(Failure) -> Line {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(pending[..<end])
                pending.removeSubrange(...end)
                return Self.line(line)
            }
            if try readMore() { continue }
            guard !pending.isEmpty else { return .end }
            defer { pending.removeAll() }
            return Self.line(pending)
        }
    }

    private func readMore() throws(Failure) -> Bool {
        var block = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe block.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                pending += block[..<count]
                return count > 0
            }
            if errno == EINTR { continue }
            throw Failure.system("the answer could not be read", code: errno)
        }
    }

    private static func line(_ bytes: [UInt8]) -> Line {
        guard let text = String(validating: bytes, as: UTF8.self) else { return .unreadable }
        guard !text.unicodeScalars.contains(where: { VisibleText.isHidden($0) && $0 != "\t" && $0 != "\r" }) else {
            return .unreadable
        }
        return .text(text)
    }
}
