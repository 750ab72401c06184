package import SQLite
package import Sealing

/// Files sealed with a passphrase: a backup, or what was exported.
package enum SealedFile {
    /// Whether a file begins as a sealed one does.
    package static func isSealed(_ path: String) throws(SQLiteError) -> Bool {
        let magic = SealedReader.magic
        return try ByteFile.reading(path).readFully(magic.count) == magic
    }

    /// Seals a file into another one, which is there and empty.
    static func seal(_ source: String, into target: String, with passphrase: Passphrase) throws {
        let input = try ByteFile.reading(source)
        let output = try ByteFile.writing(target)
        let writer = try SealedWriter(passphrase) { try output.write($0) }
        while true {
            let bytes = try input.read(.max)
            if bytes.isEmpty { break }
            try writer.write(bytes)
        }
        try writer.finish()
    }

    /// Hands out what was sealed, piece by piece. Only when this returns is it known that it was whole: what was made
    /// of the pieces is thrown away otherwise.
    ///
    /// - Throws: `SealingError`, `SQLiteError` for the file, and what `write` throws.
    package static func open(
        _ path: String,
        with passphrase: Passphrase,
        write: ([UInt8]) throws -> Void
    ) throws {
        let input = try ByteFile.reading(path)
        let reader = try SealedReader(passphrase) { try input.read($0) }
        while let bytes = try reader.next() { try write(bytes) }
    }

    /// Reads a sealed file back and compares it with the file that was sealed.
    static func verify(_ sealed: String, against source: String, with passphrase: Passphrase) throws {
        let original = try ByteFile.reading(source)
        do {
            try open(sealed, with: passphrase) { bytes in
                guard try original.readFully(bytes.count) == bytes else { throw BackupError.doesNotReadBack }
            }
        } catch is SealingError {
            throw BackupError.doesNotReadBack
        }
        guard try original.read(1).isEmpty else { throw BackupError.doesNotReadBack }
    }
}
