internal import CSV
package import CrisisCare
internal import SQLite
package import Storage

extension Session {
    /// The codes of a list, or of all of them, in the order in which they are offered; retired ones are among them.
    package borrowing func codeList(_ list: CodeList?) throws -> [ListedCode] {
        try read("code list", needing: .readFigures) { db in try CodeStore.codes(of: list, in: db) }
    }

    /// Adds a code at the end of its list; one that was retired comes back in its old place.
    /// - Returns: whether it was retired before.
    @discardableResult
    package borrowing func addCode(_ text: String, to list: CodeList, isDryRun: Bool = false) throws -> Bool {
        try change("code add", needing: .administer, isDryRun: isDryRun) { change, db in
            try Self.requireCodeText(text)
            let codes = try CodeStore.codes(of: list, in: db)
            var detail = AuditDetail()
            detail.add("code", from: nil, to: text)
            detail.add("list", from: nil, to: list.name)
            // One that differs in capitals alone would split every figure in two.
            if let known = codes.first(where: { $0.text.lowercased() == text.lowercased() }) {
                guard known.isRetired, known.text == text else {
                    throw RuleViolation(
                        .inUse,
                        "the list has that code already" + (known.text == text ? "" : ", in other letters")
                            + (known.isRetired ? ", retired" : ""),
                        remedy: "See followup code list; a retired code comes back as it is written there."
                    )
                }
                try CodeStore.retire(known.id, at: nil, in: db)
                try change.audit(record: known.id.value, detail: detail.json, in: db)
                return true
            }
            // The last place of the towns is taken from the start, so that the first free one is looked for.
            let taken = Set(codes.map { Int($0.id.value) % CodeStore.most })
            guard let place = (0..<CodeStore.most).first(where: { !taken.contains($0) }) else {
                throw RuleViolation(
                    .inUse,
                    "the list is full: it holds \(CodeStore.most) codes, retired ones included",
                    remedy: "Use a code that is there; see followup code list."
                )
            }
            let id = try CodeStore.insert(text, at: place, of: list, in: db)
            try change.audit(record: id.value, detail: detail.json, in: db)
            return false
        }
    }

    /// Takes a code off what is offered for new entries; entries that have it keep it.
    package borrowing func retireCode(_ text: String, of list: CodeList, isDryRun: Bool = false) throws {
        try change("code retire", needing: .administer, isDryRun: isDryRun) { change, db in
            let id = try Directory.load(in: db).requireCode(text, in: list)
            guard !NamedCode.all(in: list).contains(text) else {
                throw RuleViolation(
                    .inUse,
                    "a rule of the program works with that code",
                    remedy: "It stays on the list; only codes that no rule names can be retired."
                )
            }
            try CodeStore.retire(id, at: change.now, in: db)
            var detail = AuditDetail()
            detail.add("code", from: text, to: nil)
            detail.add("list", from: list.name, to: nil)
            try change.audit(record: id.value, detail: detail.json, in: db)
        }
    }

    /// Codes are written to files as they are, without the guard that texts have.
    private static func requireCodeText(_ text: String) throws {
        let isPlain =
            text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace || $0 == " " }
            && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
        guard isPlain, (1...100).contains(text.unicodeScalars.count), text.first != " ", text.last != " ",
            !FormulaGuard.needsGuard(text.utf8.span)
        else {
            throw ServiceError.badValue(
                "a code has 1 to 100 characters in one line, and begins with none that a spreadsheet takes for a formula"
            )
        }
    }
}

extension NamedCode {
    /// The codes of a list that rules, measures or questions name.
    package static func all(in list: CodeList) -> Set<String> {
        switch list {
        case .town: [outOfState]
        case .referralSource: Set(callCenters + ["police"])
        case .dischargeReason: [unableToReach]
        case .presentingProblem, .location, .serviceType, .planReason: []
        }
    }
}
