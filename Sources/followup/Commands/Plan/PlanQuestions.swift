internal import CivilTime
internal import CrisisCare
internal import Services

/// Asks for a plan step by step. Nothing is saved before the last answer.
struct PlanQuestions {
    let prompt: Prompt
    let moments: Moments

    func ask(_ old: PlanContent) throws -> PlanContent {
        var content = old
        var hasAdditions: Bool?
        for part in PlanPart.allCases {
            if part.addition != nil {
                let isWanted = try hasAdditions ?? asksForAdditions(old)
                hasAdditions = isWanted
                guard isWanted else { continue }
            }
            if part.isList {
                try askForList(part, &content)
            } else {
                try askForLine(part, &content)
            }
        }
        guard try prompt.confirm("Save this draft?", default: true) else {
            throw Failure(.usage, "it was not confirmed", hint: "Nothing was saved.")
        }
        return content
    }

    /// Six questions that a plan can do without are not put to everybody.
    private func asksForAdditions(_ content: PlanContent) throws -> Bool {
        prompt.say("Child and family may add: " + PlanAddition.allCases.map(\.name).joined(separator: ", ") + ".")
        return try prompt.confirm("Ask for these too?", default: !content.additions.isEmpty)
    }

    private func askForList(_ part: PlanPart, _ content: inout PlanContent) throws {
        let known = content.lines(of: part)
        for line in known { prompt.say("  - \(VisibleText.oneLine(line, ascii: true))") }
        if part == .lethalMeans { return try MeansQuestions(prompt: prompt).ask(&content) }
        let more = known.isEmpty ? "one entry a line" : "more entries, one a line"
        while true {
            let text = try prompt.text("\(title(of: part)): \(more)")
            let lines = text.split(whereSeparator: \.isNewline).map(String.init)
            if set(part, to: known + lines, &content) { return }
        }
    }

    private func askForLine(_ part: PlanPart, _ content: inout PlanContent) throws {
        let known = content.lines(of: part).first
        var changed = content
        let answer = try prompt.line(title(of: part), default: known, isOptional: true) { text in
            do throws(PlanLineError) {
                try changed.set(part, to: [date(part, text)])
                return nil
            } catch {
                return error.problem
            }
        }
        if answer.isEmpty { return }
        _ = set(part, to: [date(part, answer)], &content)
    }

    /// `+14d` and `tomorrow` are dates too.
    private func date(_ part: PlanPart, _ text: String) -> String {
        guard part == .review, let date = try? moments.date(text, "it") else { return text }
        return date.description
    }

    /// Says what is wrong with an answer, which is then asked for again.
    private func set(_ part: PlanPart, to lines: [String], _ content: inout PlanContent) -> Bool {
        do throws(PlanLineError) {
            try content.set(part, to: lines)
            return true
        } catch {
            prompt.say("\(error.problem). Type these entries again.")
            return false
        }
    }

    private func title(of part: PlanPart) -> String {
        switch part {
        case .youth: "Youth took part (yes or no)"
        case .caregiver: "Caregiver took part (yes or no)"
        case .copy: "Copy given (yes, or no: and why not)"
        case .review: "Review on"
        default: part.step.map { "\($0.rawValue). \($0.name)" } ?? part.addition?.name ?? part.rawValue
        }
    }
}
