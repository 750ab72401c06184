import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// Whatever names there are, and however they were corrected, merged and taken apart, the search finds whom a naive
/// second one finds.
struct ClientSearchTests {
    private struct Person {
        var ref: String
        var id: Int64
        var first: String
        var last: String
        var kept: Int64?
    }

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func `the search agrees with a naive one, after corrections and merges too`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let desk = try CrisisDesk()
        var people: [Person] = []
        for _ in 0..<30 { people.append(try add(desk, &random)) }
        for round in 0..<3 {
            try compare(people, desk, &random, "seed \(seed), round \(round)")
            for _ in 0..<6 { try correct(&people, desk, &random) }
            for _ in 0..<3 { try merge(&people, desk, &random) }
            if round > 0 { try takeApart(&people, desk) }
            people.append(try add(desk, &random))
            #expect(try desk.agency.errors() == [], "seed \(seed), round \(round)")
        }
        try compare(people, desk, &random, "seed \(seed), at the end")
    }

    private func compare(
        _ people: [Person],
        _ desk: CrisisDesk,
        _ random: inout SeededGenerator,
        _ what: String
    ) throws {
        var naive = NaiveClientSearch(clients: people.map { .init(id: $0.id, name: $0.first + " " + $0.last) })
        for person in people { naive.kept[person.id] = person.kept }
        let refs = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0.ref) })
        let session = try desk.agency.open(as: "sue")
        for _ in 0..<60 {
            let text = query(people, &random)
            try compareBothWays(text, naive, desk, what)
            let expected = naive.find(text).map { "\(refs[$0.id] ?? "?") \($0.isNear ? "near" : "exact")" }
            for limit in [nil, 1, 2, 5] {
                let listing = try session.clientList(text, limit: limit)
                let found = listing.rows.map { row in
                    guard case (.code(let ref), .code(let match)) = (row[0], row[5]) else { return "" }
                    return "\(ref) \(match)"
                }
                #expect(found.sorted() == expected.prefix(limit ?? .max).sorted(), "\(what), limit \(limit ?? 0)")
                #expect(listing.hasMore == (limit.map { expected.count > $0 } ?? false), "\(what)")
            }
        }
    }

    /// A word that few have is gone through, of others those who answer are sought: both give the same, in one order.
    private func compareBothWays(
        _ text: String,
        _ naive: NaiveClientSearch,
        _ desk: CrisisDesk,
        _ what: String
    ) throws {
        let words = NameWords.words(of: text)
        try desk.agency.read { db in
            for nearToo in [false, true] {
                let sought = try words.map { SoughtWord($0, near: nearToo ? try NearWords.of($0, in: db) : []) }
                for most in [0, 3, ClientSearch.mostGoneThrough] {
                    var found: [Int64] = []
                    try ClientSearch.forEach(answering: sought, goingThrough: most, in: db) { client in
                        found.append(client.value)
                        return true
                    }
                    #expect(found == naive.answering(words, nearToo: nearToo), "\(what), going through \(most)")
                }
            }
        }
    }

    private func add(_ desk: CrisisDesk, _ random: inout SeededGenerator) throws -> Person {
        let (first, last) = (name(&random), name(&random))
        let number = try desk.open("x", mode: .phone) { request in
            request.person = .new(firstName: first, lastName: last, birthDate: nil, sex: .female)
        }
        return try desk.agency.read { db in
            let client = try #require(try ClientStore.find(CaseFinder.find(number, in: db).client, in: db))
            return Person(ref: client.clientRef, id: client.id.value, first: first, last: last)
        }
    }

    private func correct(_ people: inout [Person], _ desk: CrisisDesk, _ random: inout SeededGenerator) throws {
        let place = Int.random(in: people.indices, using: &random)
        guard people[place].kept == nil else { return }
        var correction = ClientCorrection()
        if Bool.random(using: &random) {
            people[place].first = name(&random)
        } else {
            people[place].last = name(&random)
        }
        correction.firstName = people[place].first
        correction.lastName = people[place].last
        _ = try desk.agency.open(as: "sue").editClient(people[place].ref, correction, reason: "x")
    }

    private func merge(_ people: inout [Person], _ desk: CrisisDesk, _ random: inout SeededGenerator) throws {
        let standing = people.indices.filter { people[$0].kept == nil }.shuffled(using: &random)
        let (kept, duplicate) = (standing[0], standing[1])
        let session = try desk.agency.open(as: "sue")
        _ = try session.mergeClients(keeping: people[kept].ref, duplicate: people[duplicate].ref, reason: "x")
        people[duplicate].kept = people[kept].id
    }

    private func takeApart(_ people: inout [Person], _ desk: CrisisDesk) throws {
        let kept = Set(people.compactMap(\.kept))
        // Whose duplicate is the end of a chain can be taken out.
        guard
            let place = people.firstIndex(where: { person in
                guard let into = person.kept else { return false }
                return !kept.contains(person.id) && people.contains { $0.id == into && $0.kept == nil }
            })
        else { return }
        _ = try desk.agency.open(as: "sue").undoMerge(of: people[place].ref, reason: "x")
        people[place].kept = nil
    }

    /// One to three words of few letters, so that many are near to each other, some with accents and divided.
    private func name(_ random: inout SeededGenerator) -> String {
        let words = (0..<random.one(of: [1, 1, 1, 2, 2, 3])).map { _ in word(&random) }
        var name = words[0]
        for word in words.dropFirst() { name += random.one(of: [" ", "-", "'"]) + word }
        return name
    }

    private func word(_ random: inout SeededGenerator) -> String {
        var word = ""
        for _ in 0..<Int.random(in: 1...4, using: &random) { word += random.one(of: ["a", "a", "b", "É", "ł", "N"]) }
        return word
    }

    /// Words of one person, or of two, cut or with a slip.
    private func query(_ people: [Person], _ random: inout SeededGenerator) -> String {
        let person = random.one(of: people)
        var words = NameWords.words(of: person.first + " " + person.last).shuffled(using: &random)
        if Int.random(in: 0..<4, using: &random) == 0 { words.append(word(&random)) }
        words = Array(words.prefix(Int.random(in: 1...3, using: &random)))
        for place in words.indices {
            switch Int.random(in: 0..<6, using: &random) {
            case 0: words[place] = String(words[place].prefix(2))
            case 1: words[place].append(random.one(of: ["a", "b", "n"]))
            case 2: words[place].removeFirst()
            case 3: words[place] = String(words[place].reversed())
            default: break
            }
        }
        let text = words.joined(separator: " ")
        return text.isEmpty ? "a" : text
    }
}
