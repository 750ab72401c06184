internal import CrisisCare
internal import CivilTime
internal import Glibc
internal import Reports
internal import Services
internal import Storage

/// Writes refused rows as the same five files, with line, rule and reason in front, so that they can be mended and
/// imported again.
///
/// Nothing that is there is replaced: it could be the caseload itself, or rejects that somebody has half mended.
final class RejectsWriter {
    private let folder: String
    private let zone: Zone
    private let spared: SparedFiles
    private let madeFolder: Bool
    private var writers: [CaseloadFile: (writer: ListingWriter, sink: OutputSink)] = [:]

    private static let reasons = ["line", "rule", "reason"].map { Column($0, $0) }

    /// - Parameters:
    ///   - folder: made unless it is there; in it none of the five files may lie, and so it is not `source`.
    ///   - source: the folder that is imported.
    init(folder: String, apartFrom source: String, sparing spared: SparedFiles, zone: Zone) throws(Failure) {
        self.folder = folder
        self.zone = zone
        self.spared = spared
        try Self.refuse(folder, source)
        madeFolder = unsafe mkdir(folder, 0o700) == 0
        if !madeFolder, errno != EEXIST {
            throw Failure.system("the folder for refused rows could not be made", code: errno)
        }
    }

    /// A folder that was made for nothing, because no row was refused or no row was read, goes again.
    deinit {
        if madeFolder { _ = unsafe rmdir(folder) }
    }

    private static func refuse(_ folder: String, _ source: String) throws(Failure) {
        var (place, origin) = (stat(), stat())
        if unsafe stat(folder, &place) == 0, unsafe stat(source, &origin) == 0, place.st_dev == origin.st_dev,
            place.st_ino == origin.st_ino
        {
            throw Failure(
                .usage,
                "the folder for refused rows is the folder that is imported; nothing was imported",
                hint: "Name another folder with --rejects: its files would take the place of yours."
            )
        }
        let taken = CaseloadFile.allCases.map(\.name).filter { unsafe lstat("\(folder)/\($0)", &place) == 0 }
        guard taken.isEmpty else {
            throw Failure(
                .usage,
                "the folder for refused rows holds \(taken.joined(separator: ", ")) already; nothing was imported",
                hint: "Name a new folder with --rejects, or move those files away."
            )
        }
    }

    func add(_ row: CaseloadRow, _ refusal: RowRefusal) throws {
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
        // One that came there meanwhile is not replaced either.
        let sink = try OutputSink.open("\(folder)/\(file.name)", sparing: spared, replaces: false)
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
