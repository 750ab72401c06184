import Services
import Storage
import Testing

/// The words of the names that an import brings, which it stores apart from the clients, are those of entries by hand.
struct ImportedNameWordsTests {
    @Test(arguments: [UInt64(1), 2, 3])
    func `every word of every name is in the index, and nothing else`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let agency = try TestAgency()
        var expected = 0
        // More words in the second than are handed over at once, and names beside them that are on record already.
        for (letter, people) in [("K", 30), ("N", 400)] {
            var files = CaseloadFiles()
            for number in 0..<people {
                let (first, last) = (name(&random), name(&random))
                expected += Set((first + " " + last).lowercased().replacing("é", with: "e").split(separator: " ")).count
                files.episode("\(letter)\(number)", ["first_name": first, "last_name": last])
            }
            try agency.take(files)
            #expect(try agency.tableCounts()["client_name_word"] == expected, "seed \(seed)")
        }
        #expect(expected > 3 * 512, "seed \(seed)")
        #expect(try agency.errors() == [], "seed \(seed)")
    }

    /// One to four words, some of them twice.
    private func name(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 1...4, using: &random)).map { _ in
            let rare = "Wu\(Int.random(in: 0..<50, using: &random))"
            return random.one(of: ["Ana", "René", "rene", "Luz", "de", "la", "Orr", rare])
        }.joined(separator: " ")
    }
}
