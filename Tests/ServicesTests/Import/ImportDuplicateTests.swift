import Services
import Storage
import Testing

/// The clients of an import who may be somebody on record, or each other.
struct ImportDuplicateTests {
    private let agency: TestAgency

    init() throws {
        agency = try TestAgency()
    }

    @Test func `new clients are compared with those on record and with the new ones before them`() throws {
        var known = CaseloadFiles()
        known.episode("Known", ["first_name": "Sofia", "last_name": "Rivera"])
        try agency.take(known)
        var files = CaseloadFiles()
        files.episode("A", ["first_name": "Sofía", "last_name": "Rivera"])
        files.episode("B", ["first_name": "Rivera", "last_name": "Sofia"])
        // Born earlier and entered later: the order is that of entry.
        files.episode("C", ["first_name": "Luca", "last_name": "Patel", "birth_date": "2011-01-01"])
        files.episode("D", ["first_name": "Lucas", "last_name": "Patell", "birth_date": "2011-01-01"])
        files.episode("E", ["first_name": "Lucius", "last_name": "Patel", "birth_date": "2011-01-01"])
        let pairs = try agency.take(files).possibleDuplicates
        #expect(pairs.map(\.new) == ["C-A", "C-B", "C-D"])
        #expect(Set(pairs.map { "\($0.new) \($0.known)" }) == ["C-A C-Known", "C-B C-Known", "C-D C-C"])
    }

    @Test func `a client is not compared with a later one, nor one on record with another`() throws {
        var known = CaseloadFiles()
        known.episode("K1", ["first_name": "Sofia", "last_name": "Rivera"])
        known.episode("K2", ["first_name": "Sofia", "last_name": "Rivers"])
        #expect(try agency.take(known).possibleDuplicates.map(\.new) == ["C-K2"])
        var files = CaseloadFiles()
        files.episode("N", ["first_name": "Other", "last_name": "Child"])
        files.episode("O", ["first_name": "Other", "last_name": "Childs"])
        #expect(try agency.take(files).possibleDuplicates.map { "\($0.new) \($0.known)" } == ["C-O C-N"])
    }
}
