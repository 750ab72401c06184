internal import CSV
internal import Glibc
internal import SQLite
package import Storage

/// New files of a caseload in a folder, written row by row; a file that has no row is not made.
package final class CaseloadFolder {
    package let path: String
    private var files: [CaseloadFile: Output] = [:]

    private final class Output {
        let descriptor: Int32
        var writer: CSVWriter

        init(_ file: CaseloadFile, _ descriptor: Int32) {
            self.descriptor = descriptor
            writer = CSVWriter(to: .descriptor(descriptor), columns: file.columns)
        }

        deinit { close(descriptor) }
    }

    /// Makes the folder, for its owner alone, unless it is there; a file of the caseload that is there is refused.
    package init(_ path: String) throws {
        self.path = path
        if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw SQLiteError.couldNotStore(errno) }
        for file in CaseloadFile.allCases { try NewFile.refuse(place(of: file)) }
    }

    package func add(_ cells: [String], to file: CaseloadFile) throws {
        let output = try files[file] ?? open(file)
        for (index, cell) in cells.enumerated() {
            if file.isText(index) { output.writer.text(cell) } else { output.writer.code(cell) }
        }
        try output.writer.endRecord()
    }

    /// Writes the rest. Another row begins new files, which takes `remove` or another folder.
    package func finish() throws {
        for output in files.values { try output.writer.finish() }
        files = [:]
    }

    /// Removes the files and, if nothing else is in it, the folder.
    package func remove() {
        files = [:]
        for file in CaseloadFile.allCases { unsafe unlink(place(of: file)) }
        unsafe rmdir(path)
    }

    private func place(of file: CaseloadFile) -> String {
        "\(path)/\(file.name)"
    }

    private func open(_ file: CaseloadFile) throws -> Output {
        let descriptor = unsafe Glibc.open(place(of: file), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SQLiteError.couldNotStore(errno) }
        let output = Output(file, descriptor)
        files[file] = output
        return output
    }
}

extension SyntheticCaseload {
    /// Writes the files of the whole caseload to a folder; `progress` hears of the cases made.
    package mutating func write(to folder: CaseloadFolder, progress: (Int) -> Void = { _ in }) throws {
        while try writeNext(Self.casesPerReport, to: folder) > 0 { progress(made) }
        try folder.finish()
    }

    /// Writes the next cases, at most `count`, and returns how many there were.
    mutating func writeNext(_ count: Int, to folder: CaseloadFolder) throws -> Int {
        var written = 0
        while written < count, let rows = next() {
            for row in rows { try folder.add(row.cells, to: row.file) }
            written += 1
        }
        return written
    }

    /// Arbitrary: often enough for a progress line.
    private static let casesPerReport = 1000
}
