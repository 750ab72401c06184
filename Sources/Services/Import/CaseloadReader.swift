internal import CSV
internal import CrisisCare
internal import Glibc
internal import SQLite
internal import Storage

/// Reads the five files of a folder into the spool.
struct CaseloadReader {
    let folder: String
    private(set) var rows = 0

    init(folder: String) {
        self.folder = folder
    }

    /// The files that are there; any may be absent when it would have no row.
    private func files() throws -> [CaseloadFile] {
        var status = stat()
        guard unsafe stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw ServiceError.notFound(
                what: "the folder to import from does not exist, or is not a folder",
                hint: "Name the folder that holds episodes.csv and the other files."
            )
        }
        let found = CaseloadFile.allCases.filter { exists($0) }
        guard !found.isEmpty else {
            throw ServiceError.notFound(
                what: "the folder holds none of the five files of a caseload",
                hint: "They are named " + CaseloadFile.allCases.map(\.name).joined(separator: ", ") + "."
            )
        }
        return found
    }

    mutating func read(
        into numbers: inout CaseNumberPool,
        progress: (Int, Int) throws -> Void,
        in workspace: borrowing Access<Writing>
    ) throws {
        var done = 0
        var cells = PackedCells()
        let files = try files()
        let total = files.reduce(0) { $0 + size(of: $1) }
        for file in files {
            var reader = try CSVReader.open(path: "\(folder)/\(file.name)", name: file.name)
            try reader.readHeader(columns: file.columns)
            while try reader.next() {
                cells.removeAll()
                for column in file.columns.indices {
                    cells.append { reader.append(column, isText: file.isText(column), to: &$0) }
                }
                if file == .episodes { numbers.reserve(cells.text(0)) }
                try SpoolStore.add(cells, of: file, line: reader.line, in: workspace)
                rows += 1
                // Arbitrary: often enough for a progress line.
                if rows & 0xFFF == 0 { try progress(done + reader.bytesRead, total) }
            }
            done += reader.bytesRead
        }
    }

    /// A link that leads nowhere is there: it must not pass for a file without rows.
    private func exists(_ file: CaseloadFile) -> Bool {
        var status = stat()
        return unsafe lstat("\(folder)/\(file.name)", &status) == 0
    }

    private func size(of file: CaseloadFile) -> Int {
        var status = stat()
        return unsafe stat("\(folder)/\(file.name)", &status) == 0 ? Int(status.st_size) : 0
    }
}
