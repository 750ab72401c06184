internal import CrisisCare
internal import CivilTime
internal import Glibc
internal import Reports
internal import Services
internal import Storage

/// Writes refused rows as the same five files, with line, rule and reason in front, so that they can be mended and
/// imported again.
final class RejectsWriter {
    private let folder: String
    private let zone: Zone
    private var writers: [CaseloadFile: (writer: ListingWriter, sink: OutputSink)] = [:]

    private static let reasons = ["line", "rule", "reason"].map { Column($0, $0) }

    init(folder: String, zone: Zone) throws {
        self.folder = folder
        self.zone = zone
        if unsafe mkdir(folder, 0o700) != 0, errno != EEXIST {
            throw Failure.system("the folder for refused rows could not be made", code: errno)
        }
    }

    func add(_ row: SpooledRow, _ refusal: RowRefusal) throws {
        let cells = row.cells.enumerated().map { index, text -> Cell in
            row.file.isText(index) ? .text(text) : .code(text)
        }
        try writer(of: row.file).append(
            [.int(row.line), .code(refusal.rule.rawValue), .code(refusal.reason)] + cells
        )
    }

    /// Puts the files in their places.
    func finish() throws {
        for (writer, sink) in writers.values {
            try writer.end(console: .standardError(quiet: true, noColor: true), whenEmpty: "")
            try sink.finish()
        }
        writers = [:]
    }

    private func writer(of file: CaseloadFile) throws -> ListingWriter {
        if let writer = writers[file]?.writer { return writer }
        let sink = try OutputSink.open("\(folder)/\(file.name)")
        let writer = try ListingWriter(
            Self.reasons + CaseloadExport.columns(of: file),
            as: .csv,
            to: sink,
            presentation: .of(sink, zone: zone, noColor: true)
        )
        writers[file] = (writer, sink)
        return writer
    }
}
