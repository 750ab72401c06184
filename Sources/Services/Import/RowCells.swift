internal import CivilTime
internal import CrisisCare
internal import Storage

/// A cell that cannot be read, or that is on no list. Says where and why, never what it holds.
struct BadCell: Error {
    let column: String
    let problem: String
}

/// The cells of one row, read as values.
struct RowCells {
    let row: CaseloadRow
    let zone: Zone
    let codes: CodeBook

    private func index(_ column: String) -> Int {
        // The names below are those of the file's own columns; one that is not would be this program's mistake.
        row.file.index(of: column) ?? 0
    }

    func text(_ column: String) -> String {
        row.packed.text(index(column))
    }

    func optionalText(_ column: String) -> String? {
        let index = index(column)
        return row.packed.isEmpty(index) ? nil : row.packed.text(index)
    }

    func requiredText(_ column: String) throws -> String {
        guard let text = optionalText(column) else { throw BadCell(column: column, problem: "is empty") }
        return text
    }

    func optionalInstant(_ column: String) throws -> Instant? {
        let index = index(column)
        guard !row.packed.isEmpty(index) else { return nil }
        do {
            return try row.packed.withCell(index) { (bytes) throws(TimeTextError) in try zone.parse(utf8: bytes) }
        } catch {
            throw BadCell(column: column, problem: "cannot be read. " + zone.explanation(of: error))
        }
    }

    func instant(_ column: String) throws -> Instant {
        guard let instant = try optionalInstant(column) else { throw BadCell(column: column, problem: "is empty") }
        return instant
    }

    func optionalDate(_ column: String) throws -> CivilDate? {
        guard let text = optionalText(column) else { return nil }
        guard let date = CivilDate(text) else {
            throw BadCell(column: column, problem: "is no date; dates look like 2026-11-20")
        }
        return date
    }

    func optionalBool(_ column: String) throws -> Bool? {
        switch text(column) {
        case "": nil
        case "yes": true
        case "no": false
        default: throw BadCell(column: column, problem: "is neither yes nor no")
        }
    }

    func optionalInt(_ column: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = optionalText(column) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw BadCell(
                column: column,
                problem: "is no whole number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return number
    }

    /// A code of a list that the rules depend on.
    func code<Code: RawRepresentable<String> & CaseIterable>(_ column: String) throws -> Code {
        guard let code = Code(rawValue: text(column)) else {
            throw notListed(column, among: Code.allCases.map(\.rawValue))
        }
        return code
    }

    func optionalCode(_ column: String, in list: CodeList) throws -> CodeID? {
        guard let text = optionalText(column) else { return nil }
        guard let id = codes.id(text, in: list) else { throw notListed(column, among: codes.texts(of: list)) }
        return id
    }

    func code(_ column: String, in list: CodeList) throws -> CodeID {
        guard let id = try optionalCode(column, in: list) else { throw BadCell(column: column, problem: "is empty") }
        return id
    }

    func notListed(_ column: String, among known: [String]) -> BadCell {
        let near = NearMatches.of(text(column), in: known)
        let offer = near.isEmpty && known.count <= 20 ? known : near
        let hint = offer.isEmpty ? "" : "; near ones: " + offer.map { "\"\($0)\"" }.joined(separator: ", ")
        return BadCell(column: column, problem: "is on no list" + hint)
    }
}
