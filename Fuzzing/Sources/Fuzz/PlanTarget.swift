import CrisisCare
import Services

/// The plan's form: what stands in it is in the content that was read, and what is written is the same when read again.
enum PlanTarget {
    static func test(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        testReading(text)
        testWriting(text)
    }

    /// The input is a form that somebody filled in.
    private static func testReading(_ text: String) {
        let lines = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        do throws(PlanFormError) {
            let content = try PlanForm.content(of: text)
            requireSame(content, WrittenPlan(text).visible)
            requireComesBack(content)
            for means in content.lethalMeans { _ = means.hasOutcome }
        } catch {
            requireTellsNothing(error.problem)
            require((1...lines).contains(error.line), "a line of the form, \(error.line) of \(lines)")
        }
    }

    /// The input is what somebody says, divided by the one sign that no entry can hold.
    private static func testWriting(_ text: String) {
        var content = PlanContent()
        var said: [PlanPart: [String]] = [:]
        let parts = PlanPart.allCases.filter(\.isList)
        for (index, entry) in text.unicodeScalars.split(separator: "|").enumerated() {
            let part = parts[index % parts.count]
            said[part, default: []].append(String(entry))
        }
        for (part, entries) in said {
            // Means are divided by another sign in files.
            guard part != .lethalMeans || !entries.contains(where: { $0.unicodeScalars.contains(";") }) else {
                said[part] = []
                continue
            }
            certain("setting \(part.rawValue)") { try content.set(part, to: entries) }
        }
        requireSame(content, said.mapValues { WrittenPlan.visible($0.joined()) })
        requireComesBack(content)
    }

    private static func requireComesBack(_ content: PlanContent) {
        let written = PlanForm.text(of: content)
        let again = certain("reading what was written") { try PlanForm.content(of: written) }
        require(PlanForm.text(of: again) == written, "what is written does not change any more")
        // By scalars: two texts may be equal and not the same.
        for part in PlanPart.allCases {
            let before = content.lines(of: part).map { Array($0.unicodeScalars) }
            let after = again.lines(of: part).map { Array($0.unicodeScalars) }
            require(before == after, "\(part) comes back")
        }
    }

    /// Nothing that can be seen was lost, added or put elsewhere.
    private static func requireSame(_ content: PlanContent, _ visible: [PlanPart: [Unicode.Scalar]]) {
        for part in PlanPart.allCases where part.isList {
            let kept = WrittenPlan.visible(content.lines(of: part).joined())
            require(kept == visible[part] ?? [], "\(part) says what was written")
        }
    }
}

/// What stands in a form that can be read, by a second and naive reading: all that can be seen under each heading, but
/// for hints and the hyphens of the entries.
private struct WrittenPlan {
    private(set) var visible: [PlanPart: [Unicode.Scalar]] = [:]

    init(_ text: String) {
        let headings = PlanForm.text(of: PlanContent()).split(separator: "\n").filter { $0.hasPrefix("## ") }
            .map { Self.visible($0.lowercased()) }
        var part: PlanPart?
        for line in text.unicodeScalars.split(separator: "\n") {
            let seen = Self.visible(String(line))
            if line.starts(with: "<!--".unicodeScalars), seen.suffix(3).elementsEqual("-->".unicodeScalars) { continue }
            if line.starts(with: "## ".unicodeScalars) {
                let heading = Self.visible(String(line).lowercased())
                part = headings.firstIndex(of: heading).map { PlanPart.allCases[$0] }
                continue
            }
            guard let part else { continue }
            visible[part, default: []] += line.first == "-" ? Array(seen.dropFirst()) : seen
        }
    }

    static func visible(_ text: some StringProtocol) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { !$0.properties.isWhitespace }
    }
}
