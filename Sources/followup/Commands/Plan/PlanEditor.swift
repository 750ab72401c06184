internal import CrisisCare
internal import Glibc
internal import Services

/// The person's own editor, on a form in a folder that nobody else can read and that is removed afterwards.
struct PlanEditor {
    /// A command for the shell, such as `vim` or `code --wait`.
    let command: String

    static func find(environment: Environment = .process) -> PlanEditor? {
        (environment.nonEmpty("VISUAL") ?? environment.nonEmpty("EDITOR")).map(PlanEditor.init)
    }

    /// Opens the form until it can be read.
    /// - Returns: what was written; `nil` when the form was left as it was.
    func edit(_ content: PlanContent, _ prompt: Prompt) throws -> PlanContent? {
        let folder = try PrivateFolder.make()
        defer { folder.remove() }
        let form = folder.path + "/plan.md"
        let original = PlanForm.text(of: content)
        try Self.write(original, to: form)
        while true {
            try open(form)
            let text = try PlanFormSource.read(form)
            if text == original || text + "\n" == original { return nil }
            do {
                return try PlanFormSource.content(of: text)
            } catch {
                prompt.say(error.message)
                guard try prompt.confirm("Open the form again?", default: true) else { throw error }
            }
        }
    }

    private static func write(_ text: String, to path: String) throws(Failure) {
        let file = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Failure.system("the form cannot be made", code: errno) }
        defer { close(file) }
        do throws(Descriptor.WriteError) {
            try Descriptor.write(Array(text.utf8), to: file)
        } catch {
            throw Failure.system("the form cannot be written", code: error.code)
        }
    }

    private func open(_ form: String) throws(Failure) {
        // The form's name is handed over as a parameter of the shell, so that no sign in it means anything.
        let status = try ChildProcess.run(["/bin/sh", "-c", "\(command) \"$1\"", "sh", form])
        guard status == 0 else {
            throw Failure(
                .usage,
                "the editor ended without success",
                hint: "Nothing was saved. Check $VISUAL or $EDITOR, or use --ask."
            )
        }
    }
}
