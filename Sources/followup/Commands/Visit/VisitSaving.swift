internal import CrisisCare

/// The last question of a visit. Its answer is what came of the visit and saves it, so that an attempt costs no more
/// answers than a contact; a note is for who wants one.
struct VisitSaving {
    let prompt: Prompt
    let writer: NoteWriter

    private enum Answer {
        case save(ContactResult)
        case writeNote
        case stop
        case unclear(String)
    }

    /// Asks until the visit is to be saved.
    /// - Parameters:
    ///   - known: what came of it, where that was said already.
    ///   - note: what the note says by now.
    ///   - showSummary: shows what will be written.
    func ask(_ known: ContactResult?, note: inout String, showSummary: () -> Void) throws -> ContactResult {
        show(showSummary, note)
        if known == nil { showResults() }
        while true {
            let question = known == nil ? "Result" : "Save this? (e writes a note first)"
            let hint = known == nil ? ContactResult.completed.rawValue : "Y/n/e"
            guard let typed = try prompt.answer(to: question, hint: hint) else { continue }
            switch Self.answer(typed.lowercased(), known) {
            case .save(let result): return result
            case .stop: throw Failure(.usage, "it was not confirmed", hint: "Nothing was saved.")
            case .unclear(let complaint): prompt.say(complaint)
            case .writeNote:
                try writeNote(&note)
                show(showSummary, note)
            }
        }
    }

    private func show(_ summary: () -> Void, _ note: String) {
        summary()
        if !note.isEmpty { prompt.say("  Note: \(VisibleText.oneLine(note, ascii: true))") }
    }

    private func showResults() {
        prompt.say("What came of it? The answer saves the visit.")
        for (index, word) in ContactResult.words.enumerated() { prompt.say("  \(index + 1)  \(word)") }
        prompt.say("  e  write a note first")
        prompt.say("  n  save nothing")
    }

    private static func answer(_ typed: String, _ known: ContactResult?) -> Answer {
        switch typed {
        case "", "y", "yes": return .save(known ?? .completed)
        // Not the beginning of "no answer": who says no must not find a visit saved.
        case "n", "no": return .stop
        case "e": return .writeNote
        case _ where known != nil: return .unclear("Please answer yes or no, or e for a note.")
        default: break
        }
        switch Prompt.match(typed, options: ContactResult.words) {
        case .one(let index): return .save(ContactResult.allCases[index])
        case .several: return .unclear("That fits more than one. Type its number.")
        case .none: return .unclear("That is none of them. Type a number or the first letters, e or n.")
        }
    }

    /// An editor that fails costs nobody the answers given so far.
    private func writeNote(_ note: inout String) throws {
        do {
            note = try writer.write(note)
        } catch let failure as Failure {
            prompt.say([failure.message, failure.hint].compactMap(\.self).joined(separator: ". "))
        }
    }
}
