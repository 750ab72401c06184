internal import CivilTime
package import CrisisCare
internal import SQLite
internal import Storage

extension Session {
    /// The case of this year that a counter alone names: `8` or `00008`.
    ///
    /// Agencies number their records too: the reference of an imported case may be the same digits. Then both cases
    /// are named, and neither is taken.
    /// - Returns: `nil` where the text is no counter, or is the reference of a case and of nothing else.
    package borrowing func caseNumber(
        short text: String,
        needing permission: Permission = .readCases
    ) throws -> CaseNumber? {
        guard let number = CaseNumber(short: text, year: today.year) else { return nil }
        return try read("look up case", needing: permission) { db in
            let referred = try EpisodeStore.find(sourceRef: text, in: db)
            switch (try EpisodeStore.exists(number, in: db), referred) {
            case (true, nil): return number
            case (true, let other?) where other.caseNumber == number: return number
            case (true, let other?):
                throw ServiceError.badValue(
                    "that may be case \(number) of this year, or case \(other.caseNumber), which was imported under "
                        + "that reference; write one of the two"
                )
            case (false, _?): return nil
            case (false, nil):
                throw ServiceError.notFound(
                    what: "this year has no case of that number",
                    hint: "Write its year too, such as \(CaseNumber(year: today.year - 1, counter: number.counter)), "
                        + "or look it up with followup episode list."
                )
            }
        }
    }

    /// The case in which the person is to write, found before anything is asked about it; one that is not there, or of
    /// another site, is refused.
    package borrowing func caseToWork(_ text: String) throws -> CaseNumber {
        try read("look up case", needing: .writeCases, of: text) { db in
            try CaseFinder.find(text, in: db).caseNumber
        }
    }
}
