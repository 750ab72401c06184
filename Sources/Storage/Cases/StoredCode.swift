internal import SQLite

/// Reads the codes of one column by their bytes: a report reads them by the million, and makes no String of any.
struct StoredCode<Code: RawRepresentable<String> & CaseIterable> {
    private let codes: [(bytes: [UInt8], code: Code)]

    init() {
        codes = Code.allCases.map { (Array($0.rawValue.utf8), $0) }
    }

    func read(_ row: borrowing Statement, _ index: Int) throws -> Code {
        let stored = try row.bytes(index)
        for (bytes, code) in codes where bytes.count == stored.count {
            if bytes.indices.allSatisfy({ bytes[$0] == stored[$0] }) { return code }
        }
        throw UnknownCode()
    }
}
