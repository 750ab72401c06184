import CrisisCare
import Services
import Storage
import Testing

/// `code add` and `code retire`: lists that an administrator keeps, and nothing is ever deleted.
struct CodeAdministrationTests {
    private let desk: CrisisDesk

    init() throws {
        desk = try CrisisDesk()
    }

    private func codes(_ list: CodeList) throws -> [ListedCode] {
        try desk.act(as: "casey") { try $0.codeList(list) }
    }

    @Test func `a new code is offered at the end of its list and can be used at once`() throws {
        let before = try codes(.presentingProblem)
        #expect(try desk.act(as: "boss") { try $0.addCode("sleep", to: .presentingProblem) } == false)
        let after = try codes(.presentingProblem)
        #expect(after.map(\.text) == before.map(\.text) + ["sleep"])
        #expect(after.last?.isRetired == false)
        _ = try desk.open("One") { $0.presentingProblem = "sleep" }
        let entry = try #require(try desk.agency.auditEntries().last { $0.action == "code add" })
        #expect(entry.detail == #"{"code":[null,"sleep"],"list":[null,"presenting problem"]}"#)
        #expect(entry.record == after.last?.id.value)
    }

    @Test func `a retired code is offered no more, and who has it keeps it`() throws {
        let number = try desk.open("One") { $0.presentingProblem = "trauma" }
        try desk.act(as: "boss") { try $0.retireCode("trauma", of: .presentingProblem) }
        #expect(try codes(.presentingProblem).first { $0.text == "trauma" }?.isRetired == true)
        let book = try desk.agency.read { db in try CodeStore.book(in: db) }
        #expect(book.text(try desk.record(number).presentingProblem) == "trauma")
        #expect(!book.texts(of: .presentingProblem).contains("trauma"))
        var request = try desk.request("Two")
        request.presentingProblem = "trauma"
        try desk.expectFailure { _ = try $0.openEpisode(request) }
        // It comes back in its old place.
        #expect(try desk.act(as: "boss") { try $0.addCode("trauma", to: .presentingProblem) } == true)
        #expect(try codes(.presentingProblem).map(\.text) == CodeList.presentingProblem.shipped)
    }

    @Test func `codes with which a rule works are not retired`() throws {
        for (code, list) in [
            ("unable to reach", CodeList.dischargeReason), ("988", .referralSource),
            ("info line (2-1-1)", .referralSource),
            ("police", .referralSource), ("out of state", .town),
        ] {
            try desk.expectRefusal(.inUse, as: "boss") { try $0.retireCode(code, of: list) }
        }
        try desk.act(as: "boss") { try $0.retireCode("family moved", of: .dischargeReason) }
    }

    @Test func `a code stands on its list once, whatever its capitals`() throws {
        try desk.expectRefusal(.inUse, as: "boss") { try $0.addCode("anxiety", to: .presentingProblem) }
        try desk.expectRefusal(.inUse, as: "boss") { try $0.addCode("Anxiety", to: .presentingProblem) }
        try desk.act(as: "boss") { try $0.retireCode("trauma", of: .presentingProblem) }
        try desk.expectRefusal(.inUse, as: "boss") { try $0.addCode("Trauma", to: .presentingProblem) }
        // Another list may have it.
        try desk.act(as: "boss") { try $0.addCode("anxiety", to: .serviceType) }
    }

    @Test(arguments: ["", " padded", "padded ", "two\nlines", "tab\there", "=1+1", "-5", "@x", "＝1", "\u{1B}[31m"])
    func `a code is a plain word or two`(text: String) throws {
        try desk.expectFailure(as: "boss") { try $0.addCode(text, to: .presentingProblem) }
    }

    @Test func `a code has at most 100 characters, and a list at most a thousand codes`() throws {
        try desk.act(as: "boss") { try $0.addCode(String(repeating: "é", count: 100), to: .location) }
        try desk.expectFailure(as: "boss") { try $0.addCode(String(repeating: "é", count: 101), to: .location) }
        let session = try desk.agency.open(as: "boss")
        for index in try codes(.location).count..<1000 { try session.addCode("place \(index)", to: .location) }
        try desk.expectRefusal(.inUse, as: "boss") { try $0.addCode("one more", to: .location) }
        #expect(try codes(.location).count == 1000)
        #expect(try desk.agency.errors() == [])
    }

    @Test func `administrators alone keep the lists, and a dry run changes none`() throws {
        for login in ["casey", "sam", "ana"] {
            try desk.expectRefusal(.notPermitted, as: login) { try $0.addCode("sleep", to: .presentingProblem) }
            try desk.expectRefusal(.notPermitted, as: login) { try $0.retireCode("trauma", of: .presentingProblem) }
        }
        try desk.act(as: "boss") { _ = try $0.addCode("sleep", to: .presentingProblem, isDryRun: true) }
        try desk.act(as: "boss") { try $0.retireCode("trauma", of: .presentingProblem, isDryRun: true) }
        #expect(try codes(.presentingProblem).map(\.text) == CodeList.presentingProblem.shipped)
        #expect(try codes(.presentingProblem).allSatisfy { !$0.isRetired })
        try desk.expectFailure(as: "boss") { try $0.retireCode("no such", of: .presentingProblem) }
    }
}
