internal import CivilTime
internal import CrisisCare

/// Who is meant by one typed line: `Rivera, Ana 2012-03-04 female`, any part of it, or a reference.
struct ClientLine {
    private(set) var firstName = ""
    private(set) var lastName = ""
    private(set) var birthDate: CivilDate?
    private(set) var sex: Sex?
    /// What to search for: the names, or else all that was typed.
    let search: String

    init(_ typed: String) {
        var names: [Substring] = []
        for word in typed.split(separator: " ") {
            if birthDate == nil, let date = CivilDate(String(word)) {
                birthDate = date
            } else if !names.isEmpty, sex == nil, let sex = Self.sex(word) {
                self.sex = sex
            } else {
                names.append(word)
            }
        }
        let name = names.joined(separator: " ")
        search = name.isEmpty ? typed : name
        if let comma = name.firstIndex(of: ",") {
            lastName = Self.trimmed(name[..<comma])
            firstName = Self.trimmed(name[name.index(after: comma)...])
        } else if names.count > 1 {
            lastName = String(names.last ?? "")
            firstName = names.dropLast().joined(separator: " ")
        } else if !name.contains(where: \.isNumber) {
            // A word with a digit is a reference that nobody has.
            lastName = name
        }
    }

    /// What is wrong with the line: a date that is none would become part of the name.
    static func complaint(_ typed: String) -> String? {
        let hasBadDate = typed.split(separator: " ").contains { word in
            word.first?.isNumber == true && word.filter { "-/.".contains($0) }.count == 2
                && CivilDate(String(word)) == nil
        }
        return hasBadDate ? "The birth date cannot be read. Write it as 2012-03-04." : nil
    }

    /// One letter may be an initial, so that a sex is written out.
    private static func sex(_ word: Substring) -> Sex? {
        Sex(rawValue: word.lowercased())
    }

    private static func trimmed(_ text: Substring) -> String {
        text.split(separator: " ").joined(separator: " ")
    }
}
