import CivilTime
import Foundation

/// What differs between two runs of one session, under names that do not. Nothing else may be covered up here.
struct Varying {
    private let home: String
    private let start = Instant(seconds: Int64(Date().timeIntervalSince1970))
    private var ids: [String] = []

    init(home: String) {
        self.home = home
    }

    /// A command with the ids that earlier output gave in place of their names.
    func typed(_ command: String) -> String {
        var text = command.replacing("<home>", with: home)
        for (index, id) in ids.enumerated() { text = text.replacing("<id \(index + 1)>", with: id) }
        return text
    }

    /// An output with names in place of what varies.
    mutating func covered(_ output: String) throws -> String {
        // Terminals and CSV end a line with two characters, transcripts with one; other tests look at the bytes.
        var text = output.replacing("\r\n", with: "\n")
        // The agency lives in a temporary folder of the test.
        text = text.replacing(home, with: "<home>")
        // How much room the disk has is the machine's affair.
        text = text.replacing(/[0-9]+ MB are free/, with: "<n> MB are free")
        // Keys of records and references of clients are drawn.
        for id in text.matches(of: /\b(?:[1-9][0-9]{10,18}|P[0-9A-Z]{7,12})\b/).map({ String($0.output) })
        where !ids.contains(id) {
            ids.append(id)
        }
        for (index, id) in ids.enumerated() { text = Self.covering(id, with: "<id \(index + 1)>", in: text) }
        return try coveringNow(text)
    }

    /// In a table the columns stay where they were.
    private static func covering(_ value: String, with name: String, in text: String) -> String {
        let padding = String(repeating: " ", count: max(0, value.count - name.count))
        return text.replacing(value + "  ", with: name + padding + "  ").replacing(value, with: name)
    }

    /// Entries are stamped with the clock, which the program takes from nobody.
    private func coveringNow(_ output: String) throws -> String {
        let zone = try Zone(named: "America/New_York")
        var text = output
        let end = Instant(seconds: Int64(Date().timeIntervalSince1970))
        for second in start.seconds...end.seconds {
            let stamp = zone.rfc3339(Instant(seconds: second))
            text = text.replacing(stamp, with: "<now>")
            text = Self.covering(String(stamp.prefix(16)).replacing("T", with: " "), with: "<now>", in: text)
        }
        return text
    }
}
