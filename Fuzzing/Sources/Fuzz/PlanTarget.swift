import CrisisCare
import Services

/// The plan's form: a content that was read is the same after it was written and read again.
enum PlanTarget {
    static func test(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        let lines = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        do throws(PlanFormError) {
            let content = try PlanForm.content(of: text)
            let written = PlanForm.text(of: content)
            let again = certain("reading what was written") { try PlanForm.content(of: written) }
            require(again == content, "a content that was read is written as it is")
            require(PlanForm.text(of: again) == written, "what is written does not change any more")
            for means in content.lethalMeans { _ = means.hasOutcome }
        } catch {
            requireTellsNothing(error.problem)
            require((1...lines).contains(error.line), "a line of the form, \(error.line) of \(lines)")
        }
    }
}
