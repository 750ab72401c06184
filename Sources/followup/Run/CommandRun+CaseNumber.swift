internal import CrisisCare
internal import Services

extension CommandRun {
    /// The case that a command cannot do without, with its year where that was left out.
    func required(caseNumber typed: String?) throws -> String {
        try caseNumber(Required.text(typed, "<case>", hint: "Give the case number, such as 2026-00042."))
    }

    /// The case that a text names, with its year where that was left out; says which case was taken.
    func caseNumber(_ text: String, needing permission: Permission = .readCases) throws -> String {
        // Other texts cost no look into the database; the use case finds out what they name.
        guard CaseNumber(short: text, year: 1) != nil,
            let number = try session("look up case", { try $0.caseNumber(short: text, needing: permission) })
        else { return text }
        console.note("taken as case \(number)")
        return number.description
    }
}
