import Services
import Storage
import Testing

/// Which clients of an import may be somebody on record, or each other: what comparing everybody by the definition gives.
struct ImportedDuplicatesPropertyTests {
    private struct Person {
        var ref: String
        var first: String
        var last: String
        var born: String
    }

    @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6])
    func `new clients are those of the definition, beside merged ones too`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let agency = try TestAgency()
        let known = people("K", 14, &random)
        try agency.take(files(known))
        var kept: [String: String] = [:]
        for (duplicate, into) in [(3, 0), (5, 1), (1, 2)] {
            let session = try agency.open()
            _ = try session.mergeClients(keeping: known[into].ref, duplicate: known[duplicate].ref, reason: "x")
            kept[known[duplicate].ref] = known[into].ref
        }
        let new = people("N", 16, &random)
        let pairs = try agency.take(files(new)).possibleDuplicates
        var expected: [(new: String, known: String)] = []
        for (place, person) in new.enumerated() {
            var named: [String] = []
            for other in known + new[..<place] where areNear(person, other) {
                var ref = other.ref
                while let into = kept[ref] { ref = into }
                if !named.contains(ref) { named.append(ref) }
            }
            expected += named.map { (person.ref, $0) }
        }
        #expect(!expected.isEmpty, "seed \(seed)")
        #expect(pairs.map(\.new) == expected.map(\.new), "seed \(seed)")
        let sorted = pairs.map { "\($0.new) \($0.known)" }.sorted()
        #expect(sorted == expected.map { "\($0.new) \($0.known)" }.sorted(), "seed \(seed)")
    }

    private func people(_ letter: String, _ count: Int, _ random: inout SeededGenerator) -> [Person] {
        (0..<count).map { number in
            func name(_ choices: [String]) -> String {
                var name = Array(random.one(of: choices))
                switch Int.random(in: 0..<5, using: &random) {
                case 0: name.remove(at: Int.random(in: name.indices, using: &random))
                case 1: name.insert("é", at: Int.random(in: name.indices, using: &random))
                case 2: name[Int.random(in: name.indices, using: &random)] = "X"
                default: break
                }
                return String(name)
            }
            return Person(
                ref: "C-\(letter)\(number + 10)",
                first: name(["Sofia", "Sofía", "SOFIA", "Luca"]),
                last: name(["Rivera", "Sofia", "Luca", "Patel"]),
                born: random.one(of: ["2011-01-01", "2012-02-02"])
            )
        }
    }

    private func files(_ people: [Person]) -> CaseloadFiles {
        var files = CaseloadFiles()
        for person in people {
            let cells = ["first_name": person.first, "last_name": person.last, "birth_date": person.born]
            files.episode(String(person.ref.dropFirst(2)), cells)
        }
        return files
    }

    private func areNear(_ one: Person, _ other: Person) -> Bool {
        guard one.born == other.born else { return false }
        let (left, right) = (
            [one.first, one.last].map { $0.lowercased() }, [other.first, other.last].map { $0.lowercased() }
        )
        return zip(left, right).allSatisfy { isOneOff($0, $1) } || left == right.reversed()
    }

    private func isOneOff(_ one: String, _ other: String) -> Bool {
        let (left, right) = (Array(one), Array(other))
        if left.count == right.count { return zip(left, right).count { $0 != $1 } <= 1 }
        let (shorter, longer) = left.count < right.count ? (left, right) : (right, left)
        return longer.indices.contains { place in
            var cut = longer
            cut.remove(at: place)
            return cut == shorter
        }
    }
}
