internal import CrisisCare
internal import Services

/// Asks for the lethal-means conversation one means after another, each to its outcome (practice.md section 4).
struct MeansQuestions {
    let prompt: Prompt

    /// Asks for further means until an empty answer.
    func ask(_ content: inout PlanContent) throws {
        let known = content.lines(of: .lethalMeans)
        let end = known.isEmpty ? "there is none" : "there is no other"
        prompt.say("\(prompt.style.bold("Lethal means")), one by one: name one, or press Enter when \(end).")
        var lines = known
        while let line = try askForOne() {
            do throws(PlanLineError) {
                try content.set(.lethalMeans, to: lines + [line])
                lines.append(line)
            } catch {
                prompt.say("\(error.problem). Say this one again.")
            }
        }
    }

    /// - Returns: `medication: asked, present, locked by caregiver`; `nil` when there is no other.
    private func askForOne() throws -> String? {
        let means = try prompt.line("Means, such as medication", isOptional: true) { answer in
            answer.contains(":") ? "Write its name alone, without a colon." : nil
        }
        guard !means.isEmpty else { return nil }
        guard try one(of: ["asked", "declined"], "Asked, or declined to say") == "asked" else {
            return "\(means): declined"
        }
        guard try one(of: ["present", "absent"], "Present at home, or absent") == "present" else {
            return "\(means): asked, absent"
        }
        let action = try prompt.line("What was agreed, such as locked")
        let person = try prompt.line("By whom")
        return "\(means): asked, present, \(action) by \(person)"
    }

    private func one(of words: [String], _ title: String) throws -> String {
        words[try prompt.choice(title, options: words)]
    }
}
