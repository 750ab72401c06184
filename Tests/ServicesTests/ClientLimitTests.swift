import CivilTime
import CrisisCare
import Reports
import SQLite
import Services
import Storage
import Testing

/// Clients found where a limit cuts, and where more names fit than are worth reading one by one.
struct ClientLimitTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    @discardableResult private func open(first: String, last: String) throws -> String {
        try desk.open("x", mode: .phone) { request in
            request.person = .new(firstName: first, lastName: last, birthDate: nil, sex: .female)
        }
    }

    private func database() throws -> Connection {
        let (path, now) = (desk.agency.path, desk.agency.now.seconds)
        return try Database.open(path, .readWrite, now: now, programVersion: ProgramVersion.current)
    }

    private func find(_ text: String, limit: Int?, as login: String = "casey") throws -> (names: [Cell], hasMore: Bool)
    {
        try desk.act(as: login) { session in
            let listing = try session.clientList(text, limit: limit)
            return (listing.rows.map { $0[1] }, listing.hasMore)
        }
    }

    @Test func `a limit keeps whole names before longer ones and exact ones before near ones, and says that it cut`()
        throws
    {
        for last in ["Marsden", "Mark", "Mar", "Max", "Adams"] { try open(first: "Ana", last: last) }
        #expect(
            try find("mar", limit: nil) == (
                ["Mar, Ana", "Mark, Ana", "Marsden, Ana", "Max, Ana"].map(Cell.text), false
            )
        )
        #expect(
            try find("mar", limit: 4) == (["Mar, Ana", "Mark, Ana", "Marsden, Ana", "Max, Ana"].map(Cell.text), false)
        )
        #expect(try find("mar", limit: 3) == (["Mar, Ana", "Mark, Ana", "Marsden, Ana"].map(Cell.text), true))
        #expect(try find("mar", limit: 1) == ([.text("Mar, Ana")], true))
        #expect(try find("ana mar", limit: 2) == (["Mar, Ana", "Mark, Ana"].map(Cell.text), true))
    }

    @Test func `clients of another site neither fill a limit nor are hinted at`() throws {
        for last in ["Mara", "Marb", "Marc"] { try open(first: "Ana", last: last) }
        #expect(try find("mar", limit: 1, as: "dana") == ([], false))
        #expect(try find("mar", limit: 1, as: "sue") == ([.text("Mara, Ana")], true))
    }

    @Test func `near words are those of the definition, whatever other words there are`() throws {
        let letters = ["a", "b", "é", "ł", "z", "9"]
        var words: [String] = []
        for first in letters { for second in letters { for third in letters { words.append(first + second + third) } } }
        words += ["ab", "b", "abba", "abaa", "zzzz", "ba9", "\u{10FFF}bb", "aab\u{4E2D}"]
        try database().write { db in
            for (number, word) in words.enumerated() {
                let client = ClientRecord(
                    id: ClientID(Int64(number) + 1),
                    clientRef: "N\(number)",
                    firstName: "",
                    lastName: word,
                    birthDate: nil,
                    sex: .unknown
                )
                try ClientStore.insert(client, at: desk.agency.now, in: db)
            }
        }
        let known = Set(words.flatMap(NameWords.words(of:)))
        for sought in ["aba", "bab", "zza", "abb", "ab9z", "9999", "qqq", "ab"] {
            let near = try desk.agency.read { try NearWords.of(sought, in: $0) }
            #expect(near == known.filter { NaiveClientSearch.isOneSlip(sought, $0) }.sorted(), "\(sought)")
        }
    }

    @Test func `words of plain letters are those of the same text in accents`() {
        for text in ["Ana O'BRIEN-Jensen 3rd", "", " -a", "Z\r\nA\tb", "@[`{/:x9", "AZ az 09"] {
            let words = NameWords.words(of: text + " é")
            #expect(NameWords.words(of: text) + ["e"] == words, "\(text)")
        }
        for value in UInt8(0)..<128 {
            let letter = "x" + String(Unicode.Scalar(value)) + "Y"
            #expect(NameWords.words(of: letter) + ["e"] == NameWords.words(of: letter + " é"), "\(value)")
        }
    }

    @Test func `whatever letter stands before a space, the words on both sides are two`() {
        for value in UInt32(0xA0)..<0x1_2000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let words = NameWords.words(of: "x\(scalar) anna")
            #expect(words.last == "anna", "\(value)")
            #expect(!words.contains { $0.contains(" ") || $0.unicodeScalars.contains(" ") }, "\(value)")
        }
    }

    @Test func `two words that thousands bear find the few who bear both`() throws {
        try database().write { db in
            for number in 1...2_400 {
                let both = number > 1_200 && number <= 1_203
                let client = ClientRecord(
                    id: ClientID(Int64(number)),
                    clientRef: "N\(number)",
                    firstName: both || number <= 1_200 ? "Maria" : "Eva",
                    lastName: both || number > 1_203 ? "Smith" : "Other",
                    birthDate: nil,
                    sex: .unknown
                )
                try ClientStore.insert(client, at: desk.agency.now, in: db)
            }
        }
        let found = try desk.agency.read { db in
            var found: [ClientID] = []
            try ClientSearch.forEach(answering: [SoughtWord("mar"), SoughtWord("smi")], in: db) {
                found.append($0)
                return true
            }
            return found
        }
        #expect(found == [1_201, 1_202, 1_203].map { ClientID($0) })
    }
}
