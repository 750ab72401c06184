internal import CSV
internal import Storage
internal import Synchronization

/// Whether the rows of files stand in the order of their cases, and what else is seen by going through them once.
struct CaseOrder: Sendable {
    private(set) var isKept = true
    private(set) var rows = 0
    private(set) var numbers = CaseNumberPool()
    /// What cannot be read of the files, the first of them.
    private var fault: (file: CaseloadFile, error: any Error)?

    /// Goes through the files of a folder in two threads: nothing can be decided before this is known.
    ///
    /// - Parameter progress: hears how many bytes were read.
    /// - Throws: what cannot be read of the first file that has such a place, if all are in order so far. Files in
    ///   another order are read again, and say it then.
    static func look(at folder: ImportFolder, progress: (Int) throws -> Void) throws -> CaseOrder {
        let search = Search(folder)
        var found = CaseOrder()
        let others = try SecondThread.run {
            search.run()
        } during: {
            found = search.run(progress)
        }
        if let others { found.add(others) }
        if found.isKept, let fault = found.fault { throw fault.error }
        return found
    }

    private mutating func add(_ other: CaseOrder) {
        isKept = isKept && other.isKept
        rows += other.rows
        numbers.reserve(other.numbers)
        if let fault = other.fault { add(fault) }
    }

    private mutating func add(_ other: (file: CaseloadFile, error: any Error)) {
        if let fault, fault.file.rawValue < other.file.rawValue { return }
        fault = other
    }

    private final class Search: Sendable {
        private let folder: ImportFolder
        /// The largest first.
        private let files: ShareQueue<CaseloadFile>
        private let bytesRead = Atomic<Int>(0)
        /// What one thread found makes the rest needless.
        private let isOver = Atomic<Bool>(false)

        init(_ folder: ImportFolder) {
            self.folder = folder
            files = ShareQueue(zip(folder.files, folder.stamps).sorted { $0.1.bytes > $1.1.bytes }.map(\.0))
        }

        func run(_ progress: (Int) throws -> Void = { _ in }) -> CaseOrder {
            var found = CaseOrder()
            while let file = files.next() {
                do {
                    try look(at: file, &found, progress)
                } catch {
                    found.add((file, error))
                }
            }
            return found
        }

        private func look(at file: CaseloadFile, _ found: inout CaseOrder, _ progress: (Int) throws -> Void) throws {
            var reader = try folder.open(file)
            var counted = 0
            var last: [UInt8] = []
            var caseRef: [UInt8] = []
            while try reader.next() {
                caseRef.removeAll(keepingCapacity: true)
                // The first cell in every file, as `CaseloadRow` has it.
                reader.append(0, isText: file.isText(0), to: &caseRef)
                guard !caseRef.lexicographicallyPrecedes(last) else {
                    found.isKept = false
                    files.close()
                    return isOver.store(true, ordering: .relaxed)
                }
                if file == .episodes { found.numbers.reserve(String(decoding: caseRef, as: UTF8.self)) }
                swap(&last, &caseRef)
                found.rows += 1
                // Arbitrary: often enough for a progress line.
                guard found.rows & 0xFFF == 0 else { continue }
                guard !isOver.load(ordering: .relaxed) else { return }
                try progress(bytesRead.wrappingAdd(reader.bytesRead - counted, ordering: .relaxed).newValue)
                counted = reader.bytesRead
            }
            bytesRead.wrappingAdd(reader.bytesRead - counted, ordering: .relaxed)
        }
    }
}
