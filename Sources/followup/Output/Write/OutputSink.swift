internal import Glibc
internal import Sealing

/// Where a command's data goes: the standard output, or a file that appears only when it is whole.
///
/// Bytes are collected and written in large pieces. `finish` must be called: without it the end is not written, and a
/// file is not made.
final class OutputSink {
    /// The size of a piece: 256 kB, from which on larger pieces gained nothing.
    private static let pieceSize = 256 * 1024

    /// For writers that fill the descriptor by themselves; what is buffered here must be flushed first.
    let descriptor: Int32
    private let file: AtomicFile?
    private var buffer: [UInt8] = []
    private var seal: SealedWriter?

    /// A sink for a descriptor that stays open.
    init(descriptor: Int32) {
        self.descriptor = descriptor
        file = nil
    }

    private init(file: AtomicFile) {
        self.descriptor = file.descriptor
        self.file = file
    }

    static var standardOutput: OutputSink { OutputSink(descriptor: 1) }

    /// The sink that `-o` names; without it, or with `-`, the standard output. Every file that a command writes for
    /// people is opened here.
    ///
    /// - Parameters:
    ///   - spared: what is not replaced, whatever `-o` says.
    ///   - replaces: whether a file that is there is replaced at all.
    static func open(
        _ path: String?,
        sparing spared: SparedFiles,
        replaces: Bool = true
    ) throws(Failure) -> OutputSink {
        guard let path, path != "-" else { return standardOutput }
        return OutputSink(file: try AtomicFile.create(at: path, sparing: spared, replaces: replaces))
    }

    /// From here on what is written is encrypted.
    func seal(with passphrase: Passphrase) throws {
        try flush()
        let descriptor = descriptor
        seal = try SealedWriter(passphrase) { bytes in
            do throws(Descriptor.WriteError) {
                try Descriptor.write(bytes, to: descriptor)
            } catch {
                throw Self.failure(code: error.code)
            }
        }
    }

    /// Whether what is written is encrypted: then nobody may fill the descriptor by themselves.
    var isSealed: Bool { seal != nil }

    /// Whether the data goes to a file and not to the standard output.
    var isFile: Bool { file != nil }

    /// - Throws: `Failure` with the status 74, or `ReaderGone`.
    func write(_ bytes: [UInt8]) throws {
        buffer += bytes
        if buffer.count >= Self.pieceSize { try flush() }
    }

    /// - Throws: `Failure` with the status 74, or `ReaderGone`.
    func write(_ text: String) throws {
        buffer += text.utf8
        if buffer.count >= Self.pieceSize { try flush() }
    }

    /// Writes what is buffered.
    func flush() throws {
        let bytes = buffer
        buffer.removeAll(keepingCapacity: bytes.count <= 2 * Self.pieceSize)
        if let seal { return try seal.write(bytes) }
        do {
            try Descriptor.write(bytes, to: descriptor)
        } catch {
            throw Self.failure(code: error.code)
        }
    }

    /// Writes the rest and, for a file, puts it in its place.
    func finish() throws {
        try flush()
        try seal?.finish()
        try file?.commit()
    }

    /// The error for a write to the output that failed with this error number.
    static func failure(code: Int32) -> any Error {
        code == EPIPE ? ReaderGone() : Failure.system("the output could not be written", code: code)
    }
}
