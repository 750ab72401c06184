/// Edits of a large file that a small input stands for: so many bytes here replaced, cut out, doubled or added.
///
/// Each edit is a kind, a place of three bytes, a length of one, and for a replacement the bytes.
enum Edits {
    static func apply(_ input: [UInt8], to file: inout [UInt8]) {
        var rest = input[...]
        while rest.count >= 5, !file.isEmpty {
            let head = Array(rest.prefix(5))
            rest = rest.dropFirst(5)
            let place = (Int(head[1]) << 16 | Int(head[2]) << 8 | Int(head[3])) % file.count
            let length = min(Int(head[4]) + 1, file.count - place)
            switch head[0] % 5 {
            case 0:
                // Many bytes, so that the length of pages, chunks and cells is met.
                file.removeLast(min(file.count - place, file.count - 1))
            case 1:
                file.removeSubrange(place..<place + length)
            case 2:
                file.insert(contentsOf: Array(file[place..<place + length]), at: place)
            default:
                let bytes = Array(rest.prefix(min(length, 16)))
                rest = rest.dropFirst(bytes.count)
                for (index, byte) in bytes.enumerated() where place + index < file.count { file[place + index] = byte }
            }
        }
    }
}
