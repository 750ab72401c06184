internal import CSV
internal import Glibc
internal import Storage

/// The folder that is imported, and its files.
struct ImportFolder: Sendable {
    private let path: String
    /// Those that are there; any may be absent when it would have no row.
    let files: [CaseloadFile]

    init(_ path: String) throws {
        self.path = path
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw ServiceError.notFound(
                what: "the folder to import from does not exist, or is not a folder",
                hint: "Name the folder that holds episodes.csv and the other files."
            )
        }
        // A link that leads nowhere is there: it must not pass for a file without rows.
        files = CaseloadFile.allCases.filter { unsafe lstat("\(path)/\($0.name)", &status) == 0 }
        guard !files.isEmpty else {
            throw ServiceError.notFound(
                what: "the folder holds none of the five files of a caseload",
                hint: "They are named " + CaseloadFile.allCases.map(\.name).joined(separator: ", ") + "."
            )
        }
    }

    /// A pipe gives what it holds once.
    var canBeReadTwice: Bool {
        files.allSatisfy { file in
            var status = stat()
            return unsafe stat("\(path)/\(file.name)", &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        }
    }

    /// Bytes of all files.
    var size: Int {
        stamps.reduce(0) { $0 + Int($1.bytes) }
    }

    /// What is other when a file has been changed, or another has taken its place.
    struct Stamp: Equatable {
        let device: UInt64
        let file: UInt64
        let bytes: Int64
        let seconds: Int
        let nanoseconds: Int
    }

    /// Those of all files, in their order.
    var stamps: [Stamp] {
        files.map { file in
            var status = stat()
            _ = unsafe stat("\(path)/\(file.name)", &status)
            return Stamp(
                device: UInt64(status.st_dev),
                file: UInt64(status.st_ino),
                bytes: Int64(status.st_size),
                seconds: status.st_mtim.tv_sec,
                nanoseconds: status.st_mtim.tv_nsec
            )
        }
    }

    /// Opens a file and reads its header.
    func open(_ file: CaseloadFile) throws -> CSVReader {
        var reader = try CSVReader.open(path: "\(path)/\(file.name)", name: file.name)
        try reader.readHeader(columns: file.columns)
        return reader
    }
}

extension CSVReader {
    /// The record that was read last, as a row of the file.
    borrowing func row(of file: CaseloadFile) -> CaseloadRow {
        let areText = file.areText
        let packed = PackedCells { bytes, ends in
            bytes.reserveCapacity(recordBytes + areText.count)
            ends.reserveCapacity(areText.count)
            append(areText: areText[...], to: &bytes, ends: &ends)
        }
        return CaseloadRow(file: file, line: line, packed: packed)
    }
}
