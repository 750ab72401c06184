internal import CrisisCare
package import Services

extension Reassignment {
    /// Each case with what became of it.
    package func listing(to login: String) -> Listing {
        Listing(
            columns: [
                Column("case_number", "Case"), Column("from", "From"), Column("to", "To"),
                Column("outcome", "Outcome"), Column("rule", "Rule"),
            ],
            rows: lines.map { line in
                let (outcome, rule): (String, Rule?) =
                    switch line.outcome {
                    case .reassigned: ("reassigned", nil)
                    case .unchanged: ("unchanged", nil)
                    case .refused(let refusal): ("refused", refusal.rule)
                    }
                return [
                    .code(line.caseNumber.description), .code(line.from), .code(login), .code(outcome),
                    .ifPresent(rule) { .code($0.rawValue) },
                ]
            }
        )
    }
}
