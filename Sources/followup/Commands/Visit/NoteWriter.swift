/// Lets a person write a note: in their editor, or where they have named none, line by line.
struct NoteWriter {
    let prompt: Prompt
    let editor: Editor?

    /// - Returns: the note; empty where nothing was written.
    func write(_ old: String) throws -> String {
        let note = try editor?.edit(old, as: "note.txt", called: "the note") ?? prompt.text("Note")
        return note.contains { !$0.isWhitespace } ? note : ""
    }
}
