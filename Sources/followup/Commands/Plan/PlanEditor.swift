internal import CrisisCare
internal import Services

/// The form in the person's own editor.
struct PlanEditor {
    let editor: Editor

    /// Opens the form until it can be read.
    /// - Returns: what was written; `nil` when the form was left as it was.
    func edit(_ content: PlanContent, _ prompt: Prompt) throws -> PlanContent? {
        let original = PlanForm.text(of: content)
        var text = original
        while true {
            text = try editor.edit(text, as: "plan.md", called: "the form")
            if text == original || text + "\n" == original { return nil }
            do {
                return try PlanFormSource.content(of: text)
            } catch {
                prompt.say(error.message)
                guard try prompt.confirm("Open the form again?", default: true) else {
                    // What was written in it is not lost with it.
                    prompt.say("The form as you left it:\n\n\(text)")
                    throw error
                }
            }
        }
    }
}
